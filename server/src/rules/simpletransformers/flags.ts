/** Arguments of simpletransformers models that are on or off, with the library's default where the script says nothing. */
import { truthOf } from "../../script/values.js";
import type { ModelArgument } from "./argumentSets.js";

/** Whether an argument is certainly on, or certainly off; undefined where that isn't known. */
export function isOn({ value }: ModelArgument, byDefault: boolean): boolean | undefined {
  return value.kind === "absent" ? byDefault : truthOf(value);
}
