/** Trainings whose Trainer certainly reports to wandb. */
import type { RuleContext } from "../../analysis/rule.js";
import { stringOf, type Value } from "../../script/values.js";
import { trainingsOf, type Training } from "../transformers/training.js";

/** Ways to switch wandb off, or to leave it to others what is logged. */
const SWITCHED_OFF = /WANDB_DISABLED|["']disabled["']|remove_callback/;

/** Every training of the script; none where one of them may report elsewhere. */
export function reportedTrainings(ctx: RuleContext<string>): readonly Training[] {
  if (SWITCHED_OFF.test(ctx.script.text)) return [];
  const trainings = trainingsOf(ctx.script);
  return trainings.every((training) => reports(ctx, training)) ? trainings : [];
}

function reports(ctx: RuleContext<string>, { trainer, written }: Training): boolean {
  const value = written("report_to");
  // What is installed is reported to before transformers 5, and whoever imports wandb has it.
  if (value.kind === "absent") return ctx.versionsAt(trainer.call.span.start).holds({ transformers: "<5.0" }) === "always" && /^\s*import wandb\b/m.test(ctx.script.text);
  return value.kind === "sequence" ? value.items.some(isWandb) : isWandb(value);
}

function isWandb(value: Value): boolean {
  const name = stringOf(value);
  return name === "wandb" || name === "all";
}
