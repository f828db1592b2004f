import rule from "../../../server/src/rules/accelerate/unprepared-object.js";
import { ruleTest } from "../../support/ruleTest.js";
import { loopWith } from "./loops.js";

const TWO = "model, optimizer = accelerator.prepare(model, optimizer)";

ruleTest(rule, {
  valid: [
    { name: "all of them", code: loopWith({}) },
    { name: "prepared in place", code: loopWith({ prepare: "accelerator.prepare(model, optimizer, loader)" }) },
    { name: "prepared one by one", code: loopWith({ prepare: "model = accelerator.prepare(model)\noptimizer = accelerator.prepare_optimizer(optimizer)\nloader = accelerator.prepare_data_loader(loader)" }) },
    { name: "a list of unknown objects", code: loopWith({ prepare: "model, optimizer = accelerator.prepare(*objects)" }) },
    { name: "a loader that isn't seen", code: loopWith({ prepare: TWO, loader: "load()" }) },
    { name: "a sampler of one's own", code: loopWith({ before: "loader = DataLoader(dataset, sampler=sampler)\n", prepare: TWO }) },
    { name: "an evaluation", code: loopWith({ after: "for batch in DataLoader(test):\n    model(**batch)\n" }) },
    { name: "handed to code that isn't seen", code: loopWith({ before: "register(loader)\n", prepare: TWO }).replace("import torch\n", "import torch\nfrom mine import register\n") },
    { name: "no prepare", code: loopWith({ prepare: "pass" }) },
  ],
  invalid: [
    { name: "the loader", code: loopWith({ prepare: TWO, loader: "⟦loader⟧" }), findings: [{ message: "every process trains on all", severity: "warning" }] },
    { name: "the loader, enumerated", code: loopWith({ prepare: TWO, loader: "enumerate(⟦loader⟧)" }), findings: [{ message: "loader is never passed", severity: "warning" }] },
    {
      name: "the optimizer",
      code: loopWith({ prepare: "model, loader = accelerator.prepare(model, loader)", body: ["accelerator.backward(model(**batch).loss)", "⟦optimizer⟧.step()"] }),
      findings: [{ message: "optimizer is never passed", severity: "warning" }],
    },
  ],
});
