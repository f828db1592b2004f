import rule from "../../../server/src/rules/simpletransformers/inexact-step-count.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `from simpletransformers.classification import ClassificationArgs\nargs = ClassificationArgs(train_batch_size=32)\n`;

ruleTest(rule, {
  valid: [
    { name: "rounded up", code: `import math\n${HEAD}args.save_steps = math.ceil(len(df) / args.train_batch_size) // 10\n` },
    { name: "never used", code: `${HEAD}n = round(len(df) / args.train_batch_size)\nprint(n)\n` },
    { name: "another divisor", code: `${HEAD}args.save_steps = len(df) // 10\n` },
    { name: "not the rows", code: `${HEAD}args.save_steps = 2000 // args.train_batch_size\n` },
    { name: "a Trainer script", code: `import simpletransformers\nfrom transformers import TrainingArguments\na = TrainingArguments("o")\na.save_steps = len(df) // batch_size\n` },
  ],
  invalid: [
    { name: "round", code: `import math\n${HEAD}steps = ⟦round(len(df) / args.train_batch_size)⟧ * 3\nargs.evaluate_during_training_steps = steps // 10\n`, findings: one("information", "round() gives another number"), unsafe: `import math\n${HEAD}steps = math.ceil(len(df) / args.train_batch_size) * 3\nargs.evaluate_during_training_steps = steps // 10\n` },
    { name: "floor, without math", code: `${HEAD}args.save_steps = ⟦len(df) // args.train_batch_size⟧\n`, findings: one("information", "// gives another number"), unsafe: `${HEAD}args.save_steps = -(-len(df) // args.train_batch_size)\n` },
    { name: "int, once for two intervals", code: `${HEAD}bs = 32\nn = ⟦int(len(df) / bs)⟧\nargs.save_steps = n\nargs.logging_steps = n // 2\n`, findings: one("information", "int() gives") },
  ],
});
