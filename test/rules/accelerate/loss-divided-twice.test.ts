import rule from "../../../server/src/rules/accelerate/loss-divided-twice.js";
import { ruleTest } from "../../support/ruleTest.js";
import { loopWith } from "./loops.js";

const inside = (accelerator: string, ...lines: string[]): string => loopWith({ accelerator, body: ["with accelerator.accumulate(model):", ...lines.map((line) => `    ${line}`), "    optimizer.step()"] });
const N = "gradient_accumulation_steps=4";
const ARGS = "gradient_accumulation_steps=args.gradient_accumulation_steps";

ruleTest(rule, {
  valid: [
    { name: "not divided", code: inside(N, "loss = model(**batch).loss", "accelerator.backward(loss)") },
    { name: "the Accelerator isn't told", code: inside("", "accelerator.backward(loss / 4)") },
    { name: "one step", code: inside("gradient_accumulation_steps=1", "accelerator.backward(loss / 1)") },
    { name: "by something else", code: inside(N, "accelerator.backward(loss / 2)") },
    { name: "by a number of tokens", code: inside(ARGS, "loss = loss / batch.num_tokens", "accelerator.backward(loss)") },
    { name: "only for the log", code: inside(N, "loss = model(**batch).loss", "total += loss / 4", "accelerator.backward(loss)") },
    { name: "divided afterwards", code: inside(N, "accelerator.backward(loss)", "loss = loss / 4") },
    { name: "bound again", code: inside(N, "loss = loss / 4", "loss = model(**batch).loss", "accelerator.backward(loss)") },
    { name: "plain torch", code: loopWith({ body: ["loss = loss / 4", "loss.backward()"] }) },
  ],
  invalid: [
    { name: "in the call", code: inside(N, "accelerator.backward(⟦loss / 4⟧)"), findings: [{ message: "4 times too small", severity: "warning" }], unsafe: inside(N, "accelerator.backward(loss)") },
    { name: "above", code: inside(ARGS, "loss = ⟦loss / args.gradient_accumulation_steps⟧", "accelerator.backward(loss)"), findings: [{ message: "already", severity: "warning" }], unsafe: inside(ARGS, "loss = loss", "accelerator.backward(loss)") },
    { name: "in place", code: inside(ARGS, "⟦loss /= accelerator.gradient_accumulation_steps⟧", "accelerator.backward(loss)"), findings: [{ message: "already", severity: "warning" }], unsafe: inside(ARGS, "accelerator.backward(loss)") },
  ],
});
