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
    { name: "finished on the other ways", code: `import wandb\nwandb.init()\nif rank != 0:\n    wandb.finish()\nif rank == 0:\n    wandb.log({"x": 1})\n` },
    { name: "everything is caught", code: `import wandb\nwandb.init()\nwandb.finish()\ntry:\n    wandb.log({"x": 1})\nexcept:\n    pass\n` },
    { name: "finished in the round before", code: `import wandb\nfor seed in seeds:\n    while True:\n        wandb.finish()\n        break\n    wandb.log({"x": 1})\n` },
    { name: "wandb starts it in another way", code: `import wandb\nwandb.init()\nwandb.finish()\nwandb.agent(sweep, f)\nwandb.log({"x": 1})\n` },
  ],
  invalid: [
    { name: "after the end", code: `import wandb\nwandb.init()\nwandb.finish()\nwandb.⟦log⟧({"x": score(model)})\n`, findings: [{ severity: "error", message: "finished" }] },
    { name: "in a function", code: `import wandb\ndef main():\n    wandb.init()\n    wandb.finish()\n    print("done")\n    wandb.⟦log⟧({"x": 1})\n`, findings: [{ severity: "error", message: "wandb.Error" }] },
    { name: "a run after it", code: `import wandb\nwandb.init()\nwandb.finish()\nwandb.⟦log⟧({"x": 1})\nwandb.init()\n`, findings: [{ severity: "error", message: "finished" }] },
  ],
});
