import rule from "../../../server/src/rules/python/late-environment-variable.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `import os\nimport torch\nfrom transformers import AutoModel, AutoTokenizer, Trainer\n`;
const SET = 'os.environ["CUDA_VISIBLE_DEVICES"] = "1"\n';

ruleTest(rule, {
  valid: [
    { name: "above the imports", code: `import os\n${SET}import torch\nfrom transformers import AutoModel\nmodel = AutoModel.from_pretrained("x").to("cuda")\n` },
    { name: "torch isn't imported", code: `import os\nfrom transformers import AutoModel\n${SET}` },
    { name: "in another function", code: `${HEAD}def a():\n    torch.cuda.set_device(0)\ndef b():\n    ${SET}` .replace(`${HEAD}`, "import os\nfrom torch import cuda, nn\nimport transformers\n") },
    { name: "for a child process", code: `${HEAD}import subprocess\ntorch.cuda.empty_cache()\n${SET}subprocess.run(["python", "x.py"])\n` },
    { name: "parallelism first", code: `${HEAD}os.environ["TOKENIZERS_PARALLELISM"] = "false"\ntokenizer = AutoTokenizer.from_pretrained("x")\ntokenizer("a")\n` },
    { name: "parallelism after a text, which is looked at with every batch", code: `${HEAD}tokenizer = AutoTokenizer.from_pretrained("x")\ntokenizer("a")\nos.environ["TOKENIZERS_PARALLELISM"] = "false"\n` },
    { name: "project before training", code: `${HEAD}trainer = Trainer(m)\nos.environ["WANDB_PROJECT"] = "p"\ntrainer.train()\n` },
    { name: "project for the next training", code: `${HEAD}trainer = Trainer(m)\ntrainer.train()\nos.environ["WANDB_PROJECT"] = "p"\ntrainer.train()\n` },
    { name: "another variable", code: `${HEAD}torch.cuda.empty_cache()\nos.environ["MY_VARIABLE"] = "1"\n` },
  ],
  invalid: [
    {
      name: "after CUDA was used",
      code: `${HEAD}model = AutoModel.from_pretrained("x").to("cuda")\n⟦os.environ["CUDA_VISIBLE_DEVICES"] = "1"⟧\n`,
      findings: one("warning", "comes too late and is ignored"),
      fixed: `import os\n${SET}import torch\nfrom transformers import AutoModel, AutoTokenizer, Trainer\nmodel = AutoModel.from_pretrained("x").to("cuda")\n`,
    },
    { name: "after the import", code: `${HEAD}⟦os.environ["CUDA_VISIBLE_DEVICES"] = "1"⟧\n`, findings: one("hint", "torch is imported already"), fixed: `import os\n${SET}import torch\nfrom transformers import AutoModel, AutoTokenizer, Trainer\n` },
    { name: "not a constant: left to the author", code: `${HEAD}torch.cuda.set_device(0)\n⟦os.environ["CUDA_VISIBLE_DEVICES"] = cli.gpus⟧\n`, findings: one("warning", "torch.cuda.set_device(0)") },
    { name: "project after training", code: `${HEAD}trainer = Trainer(m)\ntrainer.train()\n⟦os.environ["WANDB_PROJECT"] = "p"⟧\n`, findings: one("warning", "comes too late") },
  ],
});
