import rule from "../../../server/src/rules/generation/unsavable-generation-config.js";
import { ruleTest } from "../../support/ruleTest.js";
import { MODEL, NEW, one, OTHER_MODEL } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "with sampling", code: `${MODEL}GenerationConfig(temperature=0.7, do_sample=True).save_pretrained("o")\n`, versions: NEW },
    { name: "not saved", code: `${MODEL}c = GenerationConfig(temperature=0.7)\nmodel.generate(ids, generation_config=c)\n`, versions: NEW },
    { name: "neutral values", code: `${MODEL}GenerationConfig(temperature=1.0, top_k=50, top_p=1).save_pretrained("o")\n`, versions: NEW },
    { name: "None", code: `${MODEL}GenerationConfig(temperature=None).save_pretrained("o")\n`, versions: NEW },
    { name: "before 4.40 it only warns", code: `${MODEL}GenerationConfig(temperature=0.7).save_pretrained("o")\n`, versions: { transformers: "4.36.2" } },
    { name: "sampling set afterwards", code: `${MODEL}c = GenerationConfig(temperature=0.7)\nc.do_sample = True\nc.save_pretrained("o")\n`, versions: NEW },
    { name: "a loaded one may sample", code: `${MODEL}c = GenerationConfig.from_pretrained("x")\nc.temperature = 0.7\nc.save_pretrained("o")\n`, versions: NEW },
    { name: "a checkpoint may sample", code: `${OTHER_MODEL}model.generation_config.temperature = 0.7\nmodel.save_pretrained("o")\n`, versions: NEW },
    { name: "saved before", code: `${MODEL}model.save_pretrained("o")\nmodel.generation_config.temperature = 0.7\n`, versions: NEW },
    { name: "another's save_pretrained", code: `${MODEL}c = GenerationConfig(temperature=0.7)\ntokenizer.save_pretrained("o")\n`, versions: NEW },
    { name: "caught where it is saved", code: `${MODEL}c = GenerationConfig()\nc.temperature = 0.5\nwith pytest.raises(ValueError):\n    c.save_pretrained("o")\n`, versions: NEW },
    { name: "one of the refusals a test asserts", code: `${MODEL}class T:\n    def test(self):\n        c = GenerationConfig()\n        c.temperature = 0.5\n        with self.assertRaises(ValueError) as raised:\n            c.save_pretrained("o")\n`, versions: NEW },
  ],
  invalid: [
    { name: "saved", code: `${MODEL}GenerationConfig(⟦temperature=0.7⟧).save_pretrained("o")\n`, versions: NEW, findings: one("error", "can't be saved"), fixed: `${MODEL}GenerationConfig(temperature=0.7, do_sample=True).save_pretrained("o")\n` },
    { name: "a list of them", code: `${MODEL}c = GenerationConfig(⟦top_p=0.9⟧, ⟦top_k=10⟧, do_sample=False)\nc.save_pretrained("o")\n`, findings: [...one("warning", "top_p=0.9"), ...one("warning", "top_k=10")] },
    {
      name: "on the model",
      code: `${MODEL}if True:\n    ⟦model.generation_config.temperature = 0.7⟧\n    model.save_pretrained("o")\n`,
      versions: NEW,
      findings: one("error", "model.save_pretrained raises"),
      fixed: `${MODEL}if True:\n    model.generation_config.temperature = 0.7\n    model.generation_config.do_sample = True\n    model.save_pretrained("o")\n`,
    },
    {
      name: "put on the model, which is trained",
      code: `${MODEL}from transformers import Trainer, TrainingArguments\nmodel.generation_config = GenerationConfig(⟦top_p=0.9⟧)\ntrainer = Trainer(model, TrainingArguments("o"), train_dataset=d)\ntrainer.train()\n`,
      versions: NEW,
      findings: one("error", "trainer.train raises"),
      fixed: `${MODEL}from transformers import Trainer, TrainingArguments\nmodel.generation_config = GenerationConfig(top_p=0.9, do_sample=True)\ntrainer = Trainer(model, TrainingArguments("o"), train_dataset=d)\ntrainer.train()\n`,
    },
  ],
});
