import rule from "../../../server/src/rules/transformers/all-parameters-frozen.js";
import { ruleTest } from "../../support/ruleTest.js";

const LOAD = `import torch\nfrom transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments\n\nmodel = AutoModelForSequenceClassification.from_pretrained("b")\n`;
const TRAIN = "trainer = Trainer(model=model, args=TrainingArguments('out'), train_dataset=train)\ntrainer.train()\n";
const script = (freeze: string, rest = TRAIN): string => `${LOAD}${freeze}${rest}`;
const LOOP = "for p in model.parameters():\n    ⟦p.requires_grad = False⟧\n";
const loop = LOOP.replace(/[⟦⟧]/g, "");
const error = [{ severity: "error", message: "raises RuntimeError at the first step" }] as const;

ruleTest(rule, {
  valid: [
    { name: "only the encoder", code: script("for p in model.base_model.parameters():\n    p.requires_grad = False\n") },
    { name: "one named part", code: script("for p in model.bert.parameters():\n    p.requires_grad = False\n") },
    { name: "by name", code: script('for name, p in model.named_parameters():\n    if "classifier" not in name:\n        p.requires_grad = False\n') },
    { name: "by the name's value", code: script('for name, p in model.named_parameters():\n    p.requires_grad = "classifier" in name\n') },
    { name: "a slice", code: script("for p in list(model.parameters())[:-2]:\n    p.requires_grad = False\n") },
    { name: "thawed", code: script("model.requires_grad_(True)\n") },
    { name: "the head thawed again", code: script(`${loop}for p in model.classifier.parameters():\n    p.requires_grad = True\n`) },
    { name: "the head thawed by its method", code: script(`${loop}model.classifier.requires_grad_()\n`) },
    { name: "a new head", code: script(`${loop}model.classifier = torch.nn.Linear(8, 2)\n`) },
    { name: "inputs that require gradients", code: script(`${loop}model.enable_input_require_grads()\n`) },
    { name: "an adapter", code: script(`${loop}model.add_adapter(config)\n`) },
    { name: "PEFT", code: script(loop, "from peft import get_peft_model\nmodel = get_peft_model(model, config)\n" + TRAIN) },
    { name: "a function that gets the model", code: script(`${loop}thaw(model)\n`) },
    { name: "new embeddings", code: script(`${loop}model.resize_token_embeddings(10)\n`) },
    { name: "never trained", code: script(loop, "trainer = Trainer(model=model)\ntrainer.evaluate(test)\n") },
    { name: "another model", code: script("other = AutoModelForSequenceClassification.from_pretrained('c')\nfor p in other.parameters():\n    p.requires_grad = False\n") },
    { name: "on one branch", code: script("if cli.freeze:\n    for p in model.parameters():\n        p.requires_grad = False\n") },
    { name: "after training", code: script("", `${TRAIN}model.requires_grad_(False)\n`) },
    { name: "a Trainer of one's own", code: script(loop, TRAIN.replace("Trainer(", "Mine(").replace("trainer =", "class Mine(Trainer):\n    def training_step(self, model, inputs, count=None):\n        thaw_some(model)\n        return super().training_step(model, inputs)\n\n\ntrainer =")) },
    { name: "a layer of another library", code: `${LOAD}layer = torch.nn.Linear(2, 2)\nlayer.requires_grad_(False)\n${TRAIN}` },
    { name: "thawed by setattr", code: script(`${loop}for p in model.classifier.parameters():\n    setattr(p, "requires_grad", True)\n`) },
    { name: "a function that gets the head", code: script(`${loop}thaw(model.classifier)\n`) },
    { name: "the head kept under a name", code: script(`head = model.classifier\n${loop}thaw(head)\n`) },
    { name: "a head that is made anew", code: script(`${loop}model.classifier.apply(init)\n`) },
    { name: "a module more", code: script(`${loop}model.register_module("extra", torch.nn.Linear(8, 2))\n`) },
    { name: "thawed by a callback", code: script(`from transformers import TrainerCallback\nclass Thaw(TrainerCallback):\n    def on_epoch_begin(self, args, state, control, model=None, **kwargs):\n        for p in model.parameters():\n            p.requires_grad = state.epoch > 1\n${loop}`, TRAIN.replace("train_dataset=train", "train_dataset=train, callbacks=[Thaw()]")) },
    { name: "a callback from elsewhere", code: script(`from mine import Thaw\n${loop}`, TRAIN.replace("train_dataset=train", "train_dataset=train, callbacks=[Thaw(model)]")) },
    { name: "a list of the parameters, some of them again", code: script(`${loop}for p in list(model.parameters())[-2:]:\n    p.requires_grad = not p.requires_grad\n`) },
    { name: "loaded again", code: script(`${loop}model = AutoModelForSequenceClassification.from_pretrained("b")\n`) },
    { name: "not in a loop's head", code: script("params = [p for p in model.parameters()]\nparams[0].requires_grad = False\n") },
    { name: "two statements in the loop", code: script("for i, p in enumerate(model.parameters()):\n    p.requires_grad = False\n") },
    { name: "a count in the loop", code: script("n = 0\nfor p in model.parameters():\n    if n < 10:\n        p.requires_grad = False\n    n += 1\n") },
    { name: "broken off", code: script("for p in model.parameters():\n    p.requires_grad = False\n    break\n") },
    { name: "a model of one's own", code: `import torch\nfrom transformers import Trainer, TrainingArguments\nclass Net(torch.nn.Module):\n    pass\nmodel = Net()\n${loop}${TRAIN}` },
    { name: "a function that gets the Trainer", code: script(loop, TRAIN.replace("trainer.train()", "import mine\nmine.thaw(trainer)\ntrainer.train()")) },
  ],
  invalid: [
    { name: "a loop", code: script(LOOP), findings: error },
    { name: "a loop with names", code: script("for name, p in model.named_parameters():\n    ⟦p.requires_grad_(False)⟧  # all of them\n"), findings: error },
    { name: "at once", code: script("⟦model.requires_grad_(False)⟧\n"), findings: error },
    { name: "what isn't a part is used", code: script("⟦model.requires_grad_(False)⟧\nprint(model.device, model.num_labels)\nconfig = model.config\n"), findings: error },
    { name: "by keyword", code: script("⟦model.requires_grad_(requires_grad=False)⟧\nmodel.eval()\nmodel.config.use_cache = False\n"), findings: error },
    { name: "after the Trainer was built", code: script("", TRAIN.replace("trainer.train", "⟦model.requires_grad_(False)⟧\ntrainer.train")), findings: error },
    { name: "a function that gets the Trainer afterwards", code: script(LOOP, `${TRAIN}import mine\nmine.save(trainer)\n`), findings: error },
  ],
});
