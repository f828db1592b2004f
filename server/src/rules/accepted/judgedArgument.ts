/** An argument that some version of its library doesn't take as it stands. */
import type { Library, Versions } from "../../environment/versions.js";
import type { Callable } from "../../knowledge/callable.js";
import type { Successor } from "../../knowledge/successors/successor.js";
import type { Argument, Call } from "../../script/calls.js";
import { truthOf } from "../../script/values.js";
import type { Fate } from "./verdicts.js";

export interface JudgedArgument {
  readonly call: Call;
  readonly argument: Argument;
  readonly name: string;
  readonly fate: Fate;
  /** Whether it is so in all versions that the script may meet, on every way through the script. */
  readonly isCertain: boolean;
  /** Whose versions decide, and so whose rule speaks. */
  readonly library: Library;
  /** The canonical name of what is called. */
  readonly target: string;
  readonly callable: Callable | undefined;
  readonly versions: Versions;
  /** The first release without it (`removed`, `ignored`), with it (`not yet`), or that warns (`deprecated`); undefined where the data don't say. */
  readonly since: string | undefined;
  readonly successor: Successor | undefined;
}

/** Whether an argument that is ignored now asks for nothing, as it is written. */
export function isHarmless(successor: Successor | undefined, argument: Argument): boolean {
  return successor?.isHarmlessUnlessTrue === true && truthOf(argument.value) !== true;
}

/** Whether only some ways through the script pass it. */
export function mayBeAbsent({ value }: Argument): boolean {
  return value.kind === "oneOf" && value.alternatives.some((alternative) => alternative.value.kind === "absent");
}
