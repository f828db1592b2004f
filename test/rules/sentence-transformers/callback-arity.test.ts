import rule from "../../../server/src/rules/sentence-transformers/callback-arity.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from sentence_transformers import SentenceTransformer\nmodel = SentenceTransformer("x")\n`;
const fitting = (definition: string, callback = "f"): string => `${HEAD}${definition}model.fit([(loader, loss)], evaluator=ev, warmup_steps=1, output_path="o", callback=${callback})\n`;

ruleTest(rule, {
  valid: [
    { name: "three", code: fitting("def f(score, epoch, steps): ...\n") },
    { name: "other names", code: fitting("def f(a, b, c): ...\n") },
    { name: "a fourth with a default", code: fitting("def f(a, b, c, d=None): ...\n") },
    { name: "any number", code: fitting("def f(*args): ...\n") },
    { name: "one, and any number", code: fitting("def f(score, *rest): ...\n") },
    { name: "a decorator may change it", code: fitting("@takes_three\ndef f(score): ...\n") },
    { name: "a bound method", code: fitting("class C:\n    def f(self, score, epoch, steps): ...\nc = C()\n", "c.f") },
    { name: "a partial", code: fitting("from functools import partial\ndef f(log, score, epoch, steps): ...\n", "partial(f, log)") },
    { name: "no evaluator: never called", code: `${HEAD}def f(score): ...\nmodel.fit([(loader, loss)], warmup_steps=1, callback=f)\n` },
    { name: "from outside", code: fitting("from own import f\n") },
  ],
  invalid: [
    { name: "one", code: fitting("def f(score): ...\n", "⟦f⟧"), findings: [{ severity: "error", message: "f takes 1 argument" }], fixed: fitting("def f(score, epoch, steps): ...\n") },
    { name: "two, annotated", code: fitting("def f(score: float, epoch: int) -> None: ...\n", "⟦f⟧"), findings: [{ severity: "error", message: "takes 2 arguments" }], fixed: fitting("def f(score: float, epoch: int, steps) -> None: ...\n") },
    { name: "four", code: fitting("def f(a, b, c, d): ...\n", "⟦f⟧"), findings: [{ severity: "error", message: "takes 4 arguments" }] },
    { name: "a lambda", code: fitting("", "⟦lambda score: print(score)⟧"), findings: [{ severity: "error", message: "this lambda takes 1 argument" }] },
    { name: "by name only", code: fitting("def f(score, *, epoch, steps): ...\n", "⟦f⟧"), findings: [{ severity: "error", message: "callback(score, epoch, steps)" }] },
  ],
});
