import rule from "../../../server/src/rules/wandb/dropped-step.js";
import { ruleTest } from "../../support/ruleTest.js";

const loops = (outer: string, inner: string, log: string, before = ""): string => `import wandb\nwandb.init()\nfor epoch in ${outer}:\n    ${before}for ${inner}:\n        wandb.log({"loss": f(batch)}, ${log})\n`;

ruleTest(rule, {
  valid: [
    { name: "counted over all", code: loops("range(3)", "i, batch in enumerate(loader)", "step=epoch * len(loader) + i") },
    { name: "a counter of its own", code: `import wandb\nn = 0\nfor epoch in range(3):\n    for batch in loader:\n        n += 1\n        wandb.log({"x": 1}, step=n)\n` },
    { name: "the epoch", code: loops("range(3)", "i, batch in enumerate(loader)", "step=epoch") },
    { name: "no step", code: loops("range(3)", "i, batch in enumerate(loader)", "commit=True") },
    { name: "one loop", code: `import wandb\nfor i, batch in enumerate(loader):\n    wandb.log({"x": 1}, step=i)\n` },
    { name: "one epoch", code: loops("range(1)", "i, batch in enumerate(loader)", "step=i") },
    { name: "a run for each round", code: loops("seeds", "i, batch in enumerate(loader)", "step=i", "wandb.init()\n    ") },
    { name: "it goes on from a start", code: loops("range(3)", "i, batch in enumerate(loader, epoch * n)", "step=i") },
    { name: "the counter is changed", code: loops("range(3)", "i, batch in enumerate(loader)", "step=i").replace("        wandb", "        i = i + epoch * 100\n        wandb") },
    { name: "not wandb's", code: `import wandb\nfor epoch in range(3):\n    for i in range(5):\n        writer.log({"x": 1}, step=i)\n` },
    { name: "a pair that counts nothing", code: loops("range(3)", "i, batch in pairs", "step=i") },
    { name: "a range that goes on", code: loops("range(3)", "i in range(epoch * 10, epoch * 10 + 10)", "step=i") },
    { name: "a start by name", code: loops("range(3)", "i, batch in enumerate(loader, start=epoch * n)", "step=i") },
    { name: "the items of enumerate", code: loops("range(3)", "i in enumerate(loader)", "step=i") },
    { name: "a list of steps", code: loops("range(3)", "i in steps", "step=i") },
    { name: "the second of a pair", code: loops("range(3)", "batch, i in enumerate(loader)", "step=i") },
    { name: "in an unpacked dict", code: loops("range(3)", "i, batch in enumerate(loader)", '**{"step": i}') },
    { name: "a loop in a function, called in a loop", code: `import wandb\nfor epoch in range(3):\n    def train():\n        for i, batch in enumerate(loader):\n            wandb.log({"x": 1}, step=i)\n    train()\n` },
  ],
  invalid: [
    { name: "enumerate", code: loops("range(3)", "i, batch in enumerate(loader)", "⟦step=i⟧"), findings: [{ severity: "warning", message: "only the first round is logged" }] },
    { name: "range", code: loops("range(epochs)", "step in range(100)", "⟦step=step⟧"), findings: [{ severity: "warning", message: "step starts again" }] },
    { name: "a pair in brackets", code: loops("range(3)", "(i, batch) in enumerate(loader)", "⟦step=i⟧"), findings: [{ severity: "warning", message: "i starts again" }], unsafe: loops("range(3)", "(i, batch) in enumerate(loader)", "REST").replace(", REST", "") },
  ],
});
