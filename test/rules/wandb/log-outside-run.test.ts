import rule from "../../../server/src/rules/wandb/log-outside-run.js";
import { ruleTest } from "../../support/ruleTest.js";

ruleTest(rule, {
  valid: [
    { name: "logged before", code: `import wandb\nwandb.init()\nwandb.log({"x": 1})\nwandb.finish()\n` },
    { name: "another run", code: `import wandb\nwandb.init()\nwandb.finish()\nwandb.init()\nwandb.log({"x": 1})\n` },
    { name: "a trainer may start one", code: `import wandb\nwandb.init()\nwandb.finish()\ntrainer.train()\nwandb.log({"x": 1})\n` },
    { name: "a function of the script may", code: `import wandb\ndef start():\n    wandb.init()\nwandb.finish()\nstart()\nwandb.log({"x": 1})\n` },
    { name: "finished only sometimes", code: `import wandb\nwandb.init()\nif done:\n    wandb.finish()\nwandb.log({"x": 1})\n` },
    { name: "a run for each round", code: `import wandb\nfor seed in seeds:\n    wandb.init()\n    wandb.log({"x": 1})\n    wandb.finish()\n` },
    { name: "in another function", code: `import wandb\ndef end():\n    wandb.finish()\ndef log():\n    wandb.log({"x": 1})\n` },
    { name: "caught", code: `import wandb\nwandb.init()\nwandb.finish()\ntry:\n    wandb.log({"x": 1})\nexcept Exception:\n    pass\n` },
  ],
  invalid: [
    { name: "after the end", code: `import wandb\nwandb.init()\nwandb.finish()\nwandb.⟦log⟧({"x": score(model)})\n`, findings: [{ severity: "error", message: "finished" }] },
    { name: "in a function", code: `import wandb\ndef main():\n    wandb.init()\n    wandb.finish()\n    print("done")\n    wandb.⟦log⟧({"x": 1})\n`, findings: [{ severity: "error", message: "wandb.Error" }] },
  ],
});
