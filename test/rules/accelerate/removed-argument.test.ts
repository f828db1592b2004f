import rule from "../../../server/src/rules/accelerate/removed-argument.js";
import { ruleTest } from "../../support/ruleTest.js";

const at = (accelerate: string) => ({ versions: { accelerate } });
const code = (written: string, imports = "Accelerator"): string => `from accelerate import ${imports}\na = Accelerator(${written})\n`;

ruleTest(rule, {
  valid: [
    { name: "before 1.0", code: code("even_batches=False"), ...at("0.25.0") },
    { name: "split_batches is still taken", code: code("split_batches=True"), ...at("1.2.0") },
    { name: "in the configuration", code: code("dataloader_config=DataLoaderConfiguration(even_batches=False)", "Accelerator, DataLoaderConfiguration"), ...at("1.2.0") },
    { name: "caught", code: "from accelerate import Accelerator\ntry:\n    a = Accelerator(even_batches=False)\nexcept TypeError:\n    a = Accelerator()\n", ...at("1.2.0") },
  ],
  invalid: [
    {
      name: "gone in 1.0",
      code: code("⟦even_batches⟧=False"),
      ...at("1.2.0"),
      findings: [{ message: "DataLoaderConfiguration", severity: "error" }],
      unsafe: code("dataloader_config=DataLoaderConfiguration(even_batches=False)", "Accelerator, DataLoaderConfiguration"),
    },
    { name: "version unknown", code: code("⟦dispatch_batches⟧=True"), findings: [{ message: "from accelerate 1.0 on", severity: "warning" }] },
  ],
});
