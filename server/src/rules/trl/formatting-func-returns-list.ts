import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import type { FunctionInfo } from "../../script/functions.js";
import { everyAlternative, truthOf } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Kind } from "../../syntax/kind.js";
import { argumentOf, trlTrainersOf } from "./trainerCalls.js";

export default defineRule({
  id: "trl/formatting-func-returns-list",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["trl"],
  mentions: ["formatting_func"],
  messages: {
    list: "{function}() returns a list, but from trl 0.17 on formatting_func gets one example and returns one string: raises AttributeError. Return the text of the example.",
    listUnsure: "{function}() returns a list, but from trl 0.17 on formatting_func gets one example and returns one string: raises AttributeError there. Return the text of the example.",
    string: "{function}() returns a string, but before trl 0.15 formatting_func gets a batch and returns a list of strings: raises ValueError. Return a list.",
  },
  docs: {
    summary: "A formatting_func that returns a list, or a string, in a version that wants the other.",
    why: `Up to trl 0.14 \`SFTTrainer\` called \`formatting_func\` with a *batch* and raised \`ValueError\` for anything but a list of strings (with packing, it was one example
and one string). 0.15 and 0.16 took both. From 0.17 on it is called with one example and returns one string; a list raises
\`AttributeError: 'list' object has no attribute 'endswith'\`.`,
    examples: [
      {
        versions: { trl: "0.22.0" },
        bad: `from trl import SFTConfig, SFTTrainer

def format_examples(examples):
    return [f"### {text}" for text in examples["text"]]

trainer = SFTTrainer("gpt2", args=SFTConfig("out"), train_dataset=dataset, formatting_func=format_examples)
`,
        good: `from trl import SFTConfig, SFTTrainer

def format_example(example):
    return f"### {example['text']}"

trainer = SFTTrainer("gpt2", args=SFTConfig("out"), train_dataset=dataset, formatting_func=format_example)
`,
      },
    ],
    references: ["https://github.com/huggingface/trl/blob/v0.21.0/trl/trainer/sft_trainer.py", "https://github.com/huggingface/trl/blob/v0.14.0/trl/trainer/sft_trainer.py"],
    silent: "For functions that aren't in the script or return both; for a string where the version isn't known.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const trainer of trlTrainersOf(script, ["SFT"])) {
      const { call } = trainer;
      const func = call.value("formatting_func");
      if (func.kind !== "function" || func.function.isGenerator || func.function.isAsync || func.function.decorators.length > 0) continue;
      const returned = returnsOf(script, func.function);
      if (!returned) continue;
      const versions = ctx.versionsAt(call.span.start);
      const data = { function: func.function.name || "the lambda" };
      const at = script.tree.span(returned.node);
      const related = [{ message: "given to SFTTrainer here", range: call.nameSpan }];
      if (returned.kind === "list") {
        const since017 = versions.holds({ trl: ">=0.17" });
        if (since017 === "always") ctx.report({ message: "list", data, at, raises: "AttributeError", related });
        else if (since017 === "sometimes") ctx.report({ message: "listUnsure", data, at, severity: "warning", related });
        continue;
      }
      const packs = [argumentOf(script, trainer, "packing"), call.value("packing")];
      if (packs.every((value) => value.kind === "absent" || truthOf(value) === false) && versions.holds({ trl: ">=0.4.5,<0.15" }) === "always") {
        ctx.report({ message: "string", data, at, raises: "ValueError", related });
      }
    }
  },
});

/** What every `return` of a function gives, with the first of them; undefined where they differ or aren't known. */
function returnsOf(script: Script, info: FunctionInfo): { readonly kind: "list" | "string"; readonly node: Node } | undefined {
  const { tree } = script;
  const [first] = info.returns;
  if (!first || info.fallsThrough || first.expression === NO_NODE) return undefined;
  const kinds = info.returns.map(({ expression }) => {
    if (expression === NO_NODE) return undefined;
    const value = script.evaluate(expression);
    if (everyAlternative(value, (each) => each.kind === "sequence" && each.type === "list")) return "list" as const;
    const isText = tree.kind(expression) === Kind.string || tree.kind(expression) === Kind.concatenated_string;
    return isText || everyAlternative(value, (each) => each.kind === "literal" && each.type === "str") ? ("string" as const) : undefined;
  });
  const kind = kinds[0];
  return kind !== undefined && kinds.every((each) => each === kind) ? { kind, node: first.expression } : undefined;
}
