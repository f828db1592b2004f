import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { Kind } from "../../syntax/kind.js";

/** What starts a run besides `wandb.init`: the libraries' own callbacks. */
const STARTS: ReadonlySet<string> = new Set(["train", "train_model", "fit", "eval_model", "hyperparameter_search"]);

export default defineRule({
  id: "wandb/log-outside-run",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["wandb"],
  mentions: ["finish"],
  messages: {
    finished: "The run is finished here, and no other has been started: raises wandb.Error. Log before wandb.finish().",
  },
  docs: {
    summary: "Something logged to wandb after its run has been finished.",
    why: `After \`wandb.finish()\` there is no run: \`wandb.log\` raises \`wandb.Error: You must call wandb.init() before wandb.log()\`. When that is the test score after the training, it is lost.`,
    examples: [
      {
        bad: `import wandb

wandb.init(project="p")
wandb.log({"loss": loss})
wandb.finish()
wandb.log({"test": score})
`,
        good: `import wandb

wandb.init(project="p")
wandb.log({"loss": loss})
wandb.log({"test": score})
wandb.finish()
`,
      },
    ],
    references: ["https://docs.wandb.ai/ref/python/functions/finish/"],
    silent: "Where a run may be started in between, in whatever way.",
  },
  check({ script, report }) {
    const starts = [...script.callsTo("wandb.init"), ...script.callsNamed(STARTS)];
    for (const call of script.callsTo("wandb.log")) {
      const finish = script.callsTo("wandb.finish").findLast((each) => script.precedes(each.node, call.node) && isSameRound(script, each, call));
      const caught = script.flow.isCaught(call.span.start, "Exception") || script.flow.isCaughtByAll(call.span.start);
      // Anything that is called in between may start another run.
      if (!finish || caught || starts.some(({ node }) => node > finish.node && node < call.node) || mayStart(script, finish, call)) continue;
      report({ message: "finished", at: call.nameSpan, raises: "Error", related: [{ message: "finishes the run", range: finish.nameSpan }] });
    }
  },
});

/** Whether both stand in the same loop, or in none. */
function isSameRound(script: Script, a: Call, b: Call): boolean {
  const { tree } = script;
  return [Kind.for_statement, Kind.while_statement].every((kind) => tree.closest(a.node, kind) === tree.closest(b.node, kind));
}

/** A function of the file, or one that isn't known, between the two. */
function mayStart(script: Script, finish: Call, log: Call): boolean {
  return script.scopes.calls.some((node) => {
    if (node <= finish.node || node >= log.node) return false;
    const { callee, name } = script.callAt(node);
    return callee.kind === "function" || (name ?? "").startsWith("wandb.");
  });
}
