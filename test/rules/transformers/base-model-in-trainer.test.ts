import rule from "../../../server/src/rules/transformers/base-model-in-trainer.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = (model: string, { trainer = "Trainer(model=model, train_dataset=d)", names = "AutoModel, AutoModelForMaskedLM, BertModel, CLIPModel, Trainer", run = "trainer.train()" } = {}): string =>
  `from transformers import ${names}\nmodel = ${model}\ntrainer = ${trainer}\n${run}\n`;
const AUTO = 'AutoModel.from_pretrained("bert-base-cased")';
const MARKED = { trainer: "Trainer(⟦model=model⟧, train_dataset=d)" };
const one = (message: string) => [{ message, severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "a head", code: script('AutoModelForMaskedLM.from_pretrained("b")') },
    { name: "only predicts", code: script(AUTO, { run: "trainer.predict(d)" }) },
    { name: "own Trainer", code: script(AUTO).replace("trainer = Trainer", "class T(Trainer):\n    def compute_loss(self, *a, **k): ...\ntrainer = T") },
    { name: "a loss function", code: script(AUTO, { trainer: "Trainer(model=model, compute_loss_func=f)" }) },
    { name: "contrastive", code: `${script(AUTO)}def collate(rows):\n    return {"return_loss": True}\n` },
    { name: "CLIP", code: script('CLIPModel.from_pretrained("c")') },
    { name: "remote code", code: script('AutoModel.from_pretrained("x", trust_remote_code=True)') },
    { name: "own model around it", code: script(AUTO, { trainer: "Trainer(model=Classifier(model))" }) },
    { name: "a forward of its own", code: script(AUTO).replace("trainer =", "model.forward = f\ntrainer =") },
    { name: "handed to unknown code", code: script(AUTO).replace("trainer =", "patch(model)\ntrainer =") },
    { name: "another library's Trainer", code: script(AUTO, { names: "AutoModel" }).replace("model =", "from mine import Trainer\nmodel =") },
    { name: "a model from elsewhere", code: script("load()") },
  ],
  invalid: [
    { name: "AutoModel", code: script(AUTO, MARKED), findings: one("AutoModel has no head"), unsafe: script('AutoModelForSequenceClassification.from_pretrained("bert-base-cased")', { names: "AutoModel, AutoModelForMaskedLM, BertModel, CLIPModel, Trainer, AutoModelForSequenceClassification" }) },
    { name: "BertModel, by position", code: script('BertModel.from_pretrained("b")', { trainer: "Trainer(⟦model⟧, args)" }), findings: one("BertModel has no head") },
    { name: "an alias, moved", code: `import transformers as hf\nM = hf.AutoModel\nmodel = M.from_pretrained("b").to("cuda")\nhf.Trainer(⟦model=model⟧).train()\n`, findings: one("AutoModel has no head") },
    { name: "from a config", code: script("AutoModel.from_config(c)", MARKED), findings: one("no loss") },
    { name: "through the module", code: `import transformers\ntransformers.Trainer(⟦transformers.AutoModel.from_pretrained("b")⟧).train()\n`, findings: one("no loss"), unsafe: `import transformers\ntransformers.Trainer(transformers.AutoModelForSequenceClassification.from_pretrained("b")).train()\n` },
  ],
});
