/** Which of a trainer and its arguments an argument belongs to, where it is given to the other one. */
import type { RuleContext } from "../../analysis/rule.js";
import { configOf, isKindOf } from "../../knowledge/classes.js";
import type { JudgedArgument } from "./judgedArgument.js";

const TRAINER = "transformers.Trainer";
const ARGUMENTS = "transformers.TrainingArguments";

/** The canonical name of the class that an argument was meant for: `TrainingArguments` of what the Trainer got, and the other way round. */
export function ownerOf(ctx: RuleContext<never>, { target, name, versions, fate }: JudgedArgument): string | undefined {
  if (fate !== "never" && fate !== "not yet") return undefined;
  const candidates = isKindOf(target, TRAINER) ? [configOf(target)] : isKindOf(target, ARGUMENTS) ? trainersOf(target) : [];
  return candidates.find((each) => {
    const standing = each === undefined ? undefined : ctx.knowledge.callable(each)?.accepts(name, versions);
    return standing?.in === "all" || standing?.in === "some";
  });
}

function trainersOf(config: string): string[] {
  if (config === ARGUMENTS) return [TRAINER];
  return [config.startsWith("trl.") ? config.replace(/Config$/, "Trainer") : config.replace(/TrainingArguments$/, "Trainer")];
}
