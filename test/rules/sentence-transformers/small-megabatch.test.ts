import rule from "../../../server/src/rules/sentence-transformers/small-megabatch.js";
import { ruleTest } from "../../support/ruleTest.js";

const fitting = (batch: string, loss = "MegaBatchMarginLoss"): string =>
  `from sentence_transformers import SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nm = SentenceTransformer("x")\nm.fit([(DataLoader(d${batch}), losses.${loss}(m))], warmup_steps=1, output_path="o")\n`;

ruleTest(rule, {
  valid: [
    { name: "large", code: fitting(", batch_size=500") },
    { name: "from outside", code: fitting(", batch_size=n") },
    { name: "another loss", code: `# MegaBatchMarginLoss\n${fitting(", batch_size=16", "MultipleNegativesRankingLoss")}` },
    { name: "not said", code: fitting("") },
  ],
  invalid: [
    { name: "small", code: fitting(", ⟦batch_size=32⟧"), findings: [{ severity: "warning", message: "32 examples" }] },
    { name: "by position", code: fitting(", ⟦64⟧"), findings: [{ severity: "warning", message: "about 500" }] },
  ],
});
