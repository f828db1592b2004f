import rule from "../../../server/src/rules/python/constant-randint.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const HEAD = `import numpy as np\nimport torch\nfrom datasets import Dataset\n`;

ruleTest(rule, {
  valid: [
    { name: "two values", code: `${HEAD}y = np.random.randint(0, 2, 10)\n` },
    { name: "the standard library includes its bound", code: `${HEAD}import random\ny = random.randint(0, 1)\n` },
    { name: "from outside", code: `${HEAD}y = np.random.randint(0, n, 10)\n` },
    { name: "one bound", code: `${HEAD}y = np.random.randint(2, size=10)\n` },
    { name: "torch with a size", code: `${HEAD}y = torch.randint(5, (1,))\n` },
    { name: "own function", code: `import datasets\ndef randint(a, b): ...\nrandint(0, 1)\n` },
  ],
  invalid: [
    { name: "labels", code: `${HEAD}Dataset.from_dict({"labels": np.random.randint(0, ⟦1⟧, 10)})\n`, findings: one("warning", "the result is always 0"), fixed: `${HEAD}Dataset.from_dict({"labels": np.random.randint(0, 2, 10)})\n` },
    { name: "something else", code: `${HEAD}y = torch.randint(low=3, ⟦high=4⟧, size=(10,))\n`, findings: one("warning", "always 3"), unsafe: `${HEAD}y = torch.randint(low=3, high=5, size=(10,))\n` },
    { name: "one bound", code: `${HEAD}y = np.random.randint(⟦1⟧, size=10)\n`, findings: one("warning", "exclusive"), unsafe: `${HEAD}y = np.random.randint(2, size=10)\n` },
  ],
});
