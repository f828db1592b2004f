import rule from "../../../server/src/rules/transformers/compute-loss-signature.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (parameters: string, { base = "Trainer", before = "", after = "" } = {}): string =>
  `from transformers import Trainer\n${before}class Mine(${base}):\n    def compute_loss(${parameters}):\n        return model(**inputs).loss\n${after}`;
const OLD = "self, model, inputs, return_outputs=False";
const NEW = { transformers: "4.57.6" };
const one = (severity: "error" | "warning", message = "num_items_in_batch") => [{ message, severity }] as const;

ruleTest(rule, {
  valid: [
    { name: "the newer signature", code: script(`${OLD}, num_items_in_batch=None`), versions: NEW },
    { name: "keyword-only", code: script(`${OLD}, *, num_items_in_batch=None`), versions: NEW },
    { name: "keywords", code: script(`${OLD}, **kwargs`), versions: NEW },
    { name: "everything", code: script("self, *args, **kwargs"), versions: NEW },
    { name: "before 4.46", code: script(OLD), versions: { transformers: "4.45.2" } },
    { name: "a training_step of its own", code: script(OLD, { after: "    def training_step(self, model, inputs, n=None): ...\n" }), versions: NEW },
    { name: "inherits a training_step", code: script(OLD, { before: "class Base(Trainer):\n    def training_step(self, model, inputs, n=None): ...\n", base: "Base" }), versions: NEW },
    { name: "only evaluated with", code: script(OLD, { after: "trainer = Mine(model=m)\ntrainer.evaluate(d)\n" }), versions: NEW },
    { name: "decorated", code: script(OLD).replace("    def", "    @adapt\n    def"), versions: NEW },
    { name: "another base", code: script(OLD, { base: "object" }), versions: NEW },
    { name: "an unknown base", code: script(OLD, { before: "from mine import BaseTrainer\n", base: "BaseTrainer" }), versions: NEW },
    { name: "a function, not a method", code: `from transformers import Trainer\ndef compute_loss(model, inputs, return_outputs=False): ...\n`, versions: NEW },
    { name: "a method that works out its loss elsewhere", code: `from trl import OnlineDPOTrainer\nclass Mine(OnlineDPOTrainer):\n    def compute_loss(${OLD}): ...\n`, versions: NEW },
    { name: "Sentence Transformers", code: `import transformers\nfrom sentence_transformers import SentenceTransformerTrainer as T\nclass Mine(T):\n    def compute_loss(${OLD}): ...\n`, versions: NEW },
    { name: "a Trainer that is the file's own", code: `import transformers\nclass Trainer: ...\nclass Mine(Trainer):\n    def compute_loss(${OLD}): ...\n`, versions: NEW },
  ],
  invalid: [
    { name: "the older signature", code: script(`⟦${OLD}⟧`), versions: NEW, findings: one("error"), fixed: script(`${OLD}, num_items_in_batch=None`) },
    { name: "version unknown", code: script(`⟦${OLD}⟧`), findings: one("warning", "from transformers 4.46 on"), fixed: script(`${OLD}, num_items_in_batch=None`) },
    { name: "star arguments don't take a keyword", code: script(`⟦${OLD}, *args⟧`), versions: NEW, findings: one("error"), fixed: script(`${OLD}, *args, num_items_in_batch=None`) },
    { name: "typed, on lines of their own", code: script(`\n        ⟦self,\n        model: Module,\n        inputs: dict,\n        return_outputs: bool = False⟧,\n    `), versions: NEW, findings: one("error"), fixed: script("\n        self,\n        model: Module,\n        inputs: dict,\n        return_outputs: bool = False,\n        num_items_in_batch=None,\n    ") },
    { name: "a base of a base, by alias", code: `import transformers as hf\nclass Base(hf.Seq2SeqTrainer): ...\nclass Mine(Base):\n    def compute_loss(⟦self, model, inputs⟧): ...\n`, versions: { transformers: "5.18" }, findings: one("error"), fixed: `import transformers as hf\nclass Base(hf.Seq2SeqTrainer): ...\nclass Mine(Base):\n    def compute_loss(self, model, inputs, num_items_in_batch=None): ...\n` },
    { name: "evaluated and trained with", code: script(`⟦${OLD}⟧`, { after: "trainer = Mine(model=m)\ntrainer.evaluate(d)\ntrainer.train()\n" }), versions: NEW, findings: one("error"), fixed: script(`${OLD}, num_items_in_batch=None`, { after: "trainer = Mine(model=m)\ntrainer.evaluate(d)\ntrainer.train()\n" }) },
    { name: "a mixin beside it", code: script(`⟦${OLD}⟧`, { before: "class Mixin: ...\n", base: "Mixin, Trainer" }), versions: NEW, findings: one("error"), fixed: script(`${OLD}, num_items_in_batch=None`, { before: "class Mixin: ...\n", base: "Mixin, Trainer" }) },
    { name: "SFTTrainer", code: `from trl import SFTTrainer\nclass Mine(SFTTrainer):\n    def compute_loss(⟦${OLD}⟧): ...\n`, versions: NEW, findings: one("error"), fixed: `from trl import SFTTrainer\nclass Mine(SFTTrainer):\n    def compute_loss(${OLD}, num_items_in_batch=None): ...\n` },
  ],
});
