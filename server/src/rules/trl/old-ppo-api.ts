import { defineRule } from "../../analysis/rule.js";
import type { Argument, Call } from "../../script/calls.js";

/** Parameters that PPOTrainer had up to 0.11 and none of its successors. */
const OLD_PARAMETERS = ["dataset", "optimizer", "lr_scheduler", "num_shared_layers"] as const;

export default defineRule({
  id: "trl/old-ppo-api",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["PPOTrainer"],
  versions: { trl: ">=0.12" },
  messages: {
    method: "PPOTrainer has no {name}() from trl 0.12 on: raises AttributeError. It runs the whole loop in train(); the old class is in trl before 0.12.",
    methodUnsure: "PPOTrainer has no {name}() from trl 0.12 on: raises AttributeError there. It runs the whole loop in train(); the old class is in trl before 0.12.",
    parameter: "PPOTrainer doesn't take {name} from trl 0.12 on: raises TypeError. It is another class there, with a reward model and train(); the old one is in trl before 0.12.",
    parameterUnsure: "PPOTrainer doesn't take {name} from trl 0.12 on: raises TypeError there. It is another class, with a reward model and train(); the old one is in trl before 0.12.",
  },
  docs: {
    summary: "PPOTrainer used as in trl 0.11 and older: generate() and step().",
    why: `Up to 0.11 \`PPOTrainer\` had \`generate()\` and \`step(queries, responses, scores)\`, and scripts wrote the loop themselves. In 0.12 another class took its name: it gets a
reward model and a value model, and \`train()\` runs the loop. The old parameters raise \`TypeError\`, the old methods \`AttributeError\`. From 0.29 on
\`trl.PPOTrainer\` is gone altogether.

There is no mechanical translation: pin \`trl<0.12\`, or write the script anew for \`GRPOTrainer\` or \`RLOOTrainer\`.`,
    examples: [
      {
        versions: { trl: "0.15.2" },
        bad: `from trl import PPOConfig, PPOTrainer

trainer = PPOTrainer(model=model, args=PPOConfig("out"), ref_model=None, processing_class=tokenizer)
for batch in loader:
    stats = trainer.step(batch["query"], batch["response"], rewards)
`,
        good: `from trl import GRPOConfig, GRPOTrainer

trainer = GRPOTrainer(model="gpt2", reward_funcs=reward, args=GRPOConfig("out"), train_dataset=dataset)
trainer.train()
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/releases/tag/v0.12.0"],
    silent: "On objects that aren't known to be a PPOTrainer.",
  },
  check({ script, report }) {
    const told = new Set<Call>();
    for (const call of script.callsTo("trl.PPOTrainer", { subclasses: false })) {
      const old = OLD_PARAMETERS.map((name) => call.keywords.get(name)).find((argument): argument is Argument => argument !== undefined);
      if (!old) continue;
      told.add(call);
      report({ message: "parameter", unsure: "parameterUnsure", data: { name: old.name ?? "" }, at: script.tree.span(old.entry), when: { trl: ">=0.12" }, raises: "TypeError" });
    }
    for (const name of ["step", "generate"]) {
      for (const call of script.callsOfMethod(name)) {
        const { receiver } = call;
        if (receiver?.kind !== "instance" || receiver.object.className !== "trl.PPOTrainer" || !receiver.object.call || told.has(receiver.object.call)) continue;
        report({ message: "method", unsure: "methodUnsure", data: { name }, at: call.nameSpan, when: { trl: ">=0.12" }, raises: "AttributeError" });
      }
    }
  },
});
