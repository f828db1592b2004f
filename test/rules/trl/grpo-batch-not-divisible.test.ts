import rule from "../../../server/src/rules/trl/grpo-batch-not-divisible.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const grpo = (args: string): string => `from trl import GRPOConfig\nGRPOConfig("o"${args})\n`;
const NEW = { trl: "1.13.0" };

ruleTest(rule, {
  valid: [
    { name: "the defaults", code: grpo(""), versions: NEW },
    { name: "with accumulation", code: grpo(", per_device_train_batch_size=4, num_generations=8, gradient_accumulation_steps=2"), versions: NEW },
    { name: "with steps_per_generation", code: grpo(", per_device_train_batch_size=4, num_generations=8, steps_per_generation=2"), versions: NEW },
    { name: "from outside", code: grpo(", per_device_train_batch_size=4, num_generations=cli.n"), versions: NEW },
    { name: "an unknown splat", code: grpo(", per_device_train_batch_size=4, **more"), versions: NEW },
    { name: "not checked in 0.14", code: grpo(", num_generations=6"), versions: { trl: "0.14.0" } },
    { name: "an explicit batch", code: grpo(", generation_batch_size=16, per_device_train_batch_size=4"), versions: NEW },
    { name: "own class", code: `import trl\nclass GRPOConfig: ...\nGRPOConfig(num_generations=7)\n`, versions: NEW },
    { name: "a batch from outside", code: grpo(", per_device_train_batch_size=cli.batch, num_generations=6"), versions: NEW },
    { name: "accumulation from outside", code: grpo(", per_device_train_batch_size=2, num_generations=8, gradient_accumulation_steps=cli.steps"), versions: NEW },
    { name: "steps from outside", code: grpo(", per_device_train_batch_size=2, steps_per_generation=cli.steps"), versions: NEW },
    { name: "the whole batch from outside", code: grpo(", per_device_train_batch_size=2, generation_batch_size=cli.batch"), versions: NEW },
    { name: "two generations", code: grpo(", num_generations=2"), versions: NEW },
    { name: "one generation, before 0.15", code: grpo(", num_generations=1"), versions: { trl: "0.14.0" } },
    { name: "None, which is the default", code: grpo(", per_device_train_batch_size=8, steps_per_generation=None, generation_batch_size=None"), versions: NEW },
    { name: "a subclass of the script's own", code: `from trl import GRPOConfig\nclass Mine(GRPOConfig):\n    pass\nMine("o", num_generations=6)\n`, versions: NEW },
    { name: "unsloth's trainer takes a batch that fits", code: `import unsloth\n${grpo(", per_device_train_batch_size=4, num_generations=8")}`, versions: NEW },
  ],
  invalid: [
    { name: "half a group", code: grpo(", ⟦per_device_train_batch_size=4⟧, num_generations=8"), versions: NEW, findings: one("warning", "a multiple of 2 processes"), unsafe: grpo(", per_device_train_batch_size=4, num_generations=4") },
    { name: "the default number of generations", code: grpo(", ⟦per_device_train_batch_size=2⟧"), findings: one("warning", "num_generations=8"), unsafe: grpo(", per_device_train_batch_size=2, num_generations=2") },
    { name: "the default batch", code: grpo(", ⟦num_generations=6⟧"), versions: NEW, findings: one("warning", "multiple of 3 processes"), unsafe: grpo(", num_generations=4") },
    { name: "before 0.17 the accumulation doesn't count", code: grpo(", ⟦per_device_train_batch_size=4⟧, num_generations=8, gradient_accumulation_steps=2"), versions: { trl: "0.16.1" }, findings: one("warning", "batch is 4") },
    { name: "one generation", code: grpo(", ⟦num_generations=1⟧"), versions: NEW, findings: one("error", "Use 2 or more") },
    { name: "an explicit batch", code: grpo(", ⟦generation_batch_size=12⟧"), versions: NEW, findings: one("error", "generation_batch_size=12") },
    { name: "one generation, version unknown", code: grpo(", ⟦num_generations=1⟧"), findings: one("warning", "num_generations=1, but GRPO") },
    { name: "an explicit batch, version unknown", code: grpo(", ⟦generation_batch_size=12⟧"), findings: one("warning", "by num_generations=8: raises ValueError") },
    { name: "a batch of one: no number fits", code: grpo(", ⟦per_device_train_batch_size=1⟧, num_generations=2"), versions: NEW, findings: one("warning", "a multiple of 2 processes") },
    { name: "a number in a constant", code: `N = 6\n${grpo(", ⟦per_device_train_batch_size=4⟧, num_generations=N")}`, versions: NEW, findings: one("warning", "a multiple of 3 processes") },
  ],
});
