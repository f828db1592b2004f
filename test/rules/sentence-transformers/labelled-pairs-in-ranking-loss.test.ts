import rule from "../../../server/src/rules/sentence-transformers/labelled-pairs-in-ranking-loss.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = `from sentence_transformers import InputExample, SentenceTransformer, losses\nfrom torch.utils.data import DataLoader\nmodel = SentenceTransformer("x")\n`;
const fitting = (examples: string, loss = "MultipleNegativesRankingLoss"): string => `${HEAD}examples = ${examples}\nmodel.fit([(DataLoader(examples), losses.${loss}(model))], warmup_steps=1, output_path="o")\n`;

ruleTest(rule, {
  valid: [
    { name: "no labels", code: fitting('[InputExample(texts=["a", "b"]), InputExample(texts=["c", "d"])]') },
    { name: "only positive ones", code: fitting('[InputExample(texts=["a", "b"], label=1), InputExample(texts=["c", "d"], label=1)]') },
    { name: "only zeros, the default", code: fitting('[InputExample(texts=["a", "b"], label=0), InputExample(texts=["c", "d"], label=0)]') },
    { name: "labels from outside", code: fitting("[InputExample(texts=[a, b], label=l) for a, b, l in rows]") },
    { name: "triplets", code: fitting('[InputExample(texts=["a", "b", "c"], label=0), InputExample(texts=["c", "d", "e"], label=1)]') },
    { name: "a loss that reads them", code: fitting('[InputExample(texts=["a", "b"], label=0), InputExample(texts=["c", "d"], label=1)]', "ContrastiveLoss") },
  ],
  invalid: [
    { name: "both", code: fitting('[InputExample(texts=["a", "b"], label=1), InputExample(texts=["c", "d"], ⟦label=0⟧)]'), findings: [{ severity: "warning", message: "never reads labels" }] },
    { name: "one or the other", code: fitting("[]\nfor a, b in rows:\n    examples.append(InputExample(texts=[a, b], ⟦label=1 if same(a, b) else 0⟧))"), findings: [{ severity: "warning", message: "labelled 0" }] },
    { name: "in turn", code: fitting("[]\nfor a, b, c in rows:\n    examples.append(InputExample(texts=[a, b], label=1.0))\n    examples.append(InputExample(texts=[a, c], ⟦label=0.0⟧))", "CachedMultipleNegativesRankingLoss"), findings: [{ severity: "warning", message: "CachedMultipleNegativesRankingLoss" }] },
  ],
});
