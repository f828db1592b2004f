import rule from "../../../server/src/rules/simpletransformers/steps-divided-by-n-gpu.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from simpletransformers.classification import ClassificationArgs, ClassificationModel\nmodel_args = ClassificationArgs()\nmodel_args.n_gpu = 4\n`;
const one = (message: string) => [{ message, severity: "warning" }] as const;
const two = (message: string) => [...one(message), ...one(message)] as const;

ruleTest(rule, {
  valid: [
    { name: "not divided", code: `${HEAD}model_args.save_steps = len(df) // model_args.train_batch_size\n` },
    { name: "another divisor", code: `${HEAD}model_args.save_steps = len(df) // model_args.train_batch_size // 10\n` },
    { name: "accumulation", code: `${HEAD}model_args.save_steps = len(df) // (model_args.train_batch_size * model_args.gradient_accumulation_steps)\n` },
    { name: "no estimate from the data", code: `${HEAD}model_args.save_steps = 2000 // model_args.n_gpu\n` },
    { name: "another field", code: `${HEAD}model_args.train_batch_size = len(df) // model_args.n_gpu\n` },
    { name: "a Trainer script", code: `import simpletransformers\nfrom transformers import TrainingArguments\nargs = TrainingArguments("o")\nargs.save_steps = len(df) // args.per_device_train_batch_size // args.n_gpu\n` },
    { name: "own args class", code: `import simpletransformers\nclass ClassificationArgs: pass\na = ClassificationArgs()\na.save_steps = len(df) // a.train_batch_size // a.n_gpu\n` },
    { name: "retrieval with ddp_training", code: `from simpletransformers.retrieval import RetrievalArgs\na = RetrievalArgs()\na.ddp_training = True\na.save_steps = len(df) // a.train_batch_size // a.n_gpu\n` },
    { name: "language modeling with local_rank", code: `from simpletransformers.language_modeling import LanguageModelingArgs\na = LanguageModelingArgs(local_rank=0)\na.save_steps = len(df) // a.train_batch_size // a.n_gpu\n` },
    { name: "multiplied", code: `${HEAD}model_args.save_steps = len(df) // model_args.train_batch_size * model_args.n_gpu\n` },
    { name: "never used for the args", code: `${HEAD}per_gpu = len(df) // model_args.train_batch_size // model_args.n_gpu\nprint(per_gpu)\n` },
    { name: "dead branch", code: `${HEAD}if False:\n    model_args.save_steps = len(df) // model_args.train_batch_size // model_args.n_gpu\n` },
    { name: "from the command line", code: `${HEAD}model_args.save_steps = cli.steps // cli.gpus\n` },
  ],
  invalid: [
    {
      name: "directly",
      code: `${HEAD}model_args.save_steps = len(df) // model_args.train_batch_size // ⟦model_args.n_gpu⟧\n`,
      findings: one("divided by model_args.n_gpu, save_steps is that many times too small"),
      fixed: `${HEAD}model_args.save_steps = len(df) // model_args.train_batch_size\n`,
    },
    {
      name: "by a product",
      code: `${HEAD}model_args.logging_steps = max(1, round(len(df) / (model_args.train_batch_size * ⟦model_args.n_gpu⟧)))\n`,
      findings: one("logging_steps"),
      fixed: `${HEAD}model_args.logging_steps = max(1, round(len(df) / (model_args.train_batch_size)))\n`,
    },
    {
      name: "the product's left factor",
      code: `${HEAD}model_args.logging_steps = len(df) // (⟦model_args.n_gpu⟧ * 32)\n`,
      findings: one("logging_steps"),
      fixed: `${HEAD}model_args.logging_steps = len(df) // (32)\n`,
    },
    {
      name: "by rebinding, for two intervals: once",
      code: `${HEAD}n = len(df) / model_args.train_batch_size\nn = n / ⟦⟦model_args.n_gpu⟧⟧\nmodel_args.evaluate_during_training_steps = int(n)\nmodel_args.warmup_steps = int(n * 0.1)\n`.replace("⟦⟦", "⟦").replace("⟧⟧", "⟧"),
      findings: one("evaluate_during_training_steps"),
      fixed: `${HEAD}n = len(df) / model_args.train_batch_size\nn = n\nmodel_args.evaluate_during_training_steps = int(n)\nmodel_args.warmup_steps = int(n * 0.1)\n`,
    },
    {
      name: "in place",
      code: `${HEAD}n = len(df) // model_args.train_batch_size\nn //= ⟦model_args.n_gpu⟧\nmodel_args.save_steps = n\n`,
      findings: one("save_steps"),
      fixed: `${HEAD}n = len(df) // model_args.train_batch_size\nmodel_args.save_steps = n\n`,
    },
    {
      name: "in a helper function",
      code: `${HEAD}def steps(frame, args):\n    per_epoch = len(frame) // args.train_batch_size\n    return per_epoch // ⟦args.n_gpu⟧\nmodel_args.save_steps = steps(df, model_args)\n`,
      findings: one("save_steps"),
      fixed: `${HEAD}def steps(frame, args):\n    per_epoch = len(frame) // args.train_batch_size\n    return per_epoch\nmodel_args.save_steps = steps(df, model_args)\n`,
    },
    {
      name: "a constant that n_gpu is given",
      code: `from simpletransformers.classification import ClassificationArgs as CA\nDEVICES = 4\na = CA(n_gpu=DEVICES)\na.save_steps = len(df) // a.train_batch_size // ⟦DEVICES⟧\n`,
      findings: one("divided by DEVICES"),
      fixed: `from simpletransformers.classification import ClassificationArgs as CA\nDEVICES = 4\na = CA(n_gpu=DEVICES)\na.save_steps = len(df) // a.train_batch_size\n`,
    },
    {
      name: "torch.cuda.device_count()",
      code: `import torch\n${HEAD}model_args.save_steps = len(df) // 32 // ⟦torch.cuda.device_count()⟧\n`,
      findings: one("torch.cuda.device_count()"),
      fixed: `import torch\n${HEAD}model_args.save_steps = len(df) // 32\n`,
    },
    {
      name: "in the constructor, with a name for the GPUs",
      code: `from simpletransformers.classification import ClassificationArgs\nGPUS = 2\nClassificationArgs(save_steps=len(df) // 32 // ⟦GPUS⟧)\n`,
      findings: one("save_steps"),
      fixed: `from simpletransformers.classification import ClassificationArgs\nGPUS = 2\nClassificationArgs(save_steps=len(df) // 32)\n`,
    },
    {
      name: "in the dict given to the model, and in an unpacked dict",
      code: `from simpletransformers.classification import ClassificationArgs, ClassificationModel\nn_gpu = 2\noptions = {"save_steps": len(df) // 32 // ⟦n_gpu⟧}\nClassificationModel("bert", "x", args=options)\nmore = {"logging_steps": len(df) // 32 // ⟦n_gpu⟧}\nClassificationArgs(**more)\n`,
      findings: two(""),
      fixed: `from simpletransformers.classification import ClassificationArgs, ClassificationModel\nn_gpu = 2\noptions = {"save_steps": len(df) // 32}\nClassificationModel("bert", "x", args=options)\nmore = {"logging_steps": len(df) // 32 // n_gpu}\nClassificationArgs(**more)\n`,
    },
    {
      name: "on the model's args",
      code: `${HEAD}model = ClassificationModel("roberta", "roberta-base", args=model_args)\nmodel.args.save_steps = len(df) // model.args.train_batch_size // ⟦model.args.n_gpu⟧\n`,
      findings: one("save_steps"),
      fixed: `${HEAD}model = ClassificationModel("roberta", "roberta-base", args=model_args)\nmodel.args.save_steps = len(df) // model.args.train_batch_size\n`,
    },
  ],
});
