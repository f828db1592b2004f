import rule from "../../../server/src/rules/sentence-transformers/unknown-loss.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
ruleTest(rule, {
  valid: [
    { name: "a loss", code: `from sentence_transformers import losses\nlosses.MultipleNegativesRankingLoss(m)\n` },
    { name: "another library's", code: `import sentence_transformers\nfrom torch import nn as losses\nlosses.ContrastivLoss()\n` },
    { name: "own class", code: `import sentence_transformers\nclass ContrastivLoss: ...\nContrastivLoss()\n` },
    { name: "newer than we know", code: `from sentence_transformers import losses\nlosses.QuantumForestLoss(m)\n` },
    { name: "caught", code: `try:\n    from sentence_transformers.losses import ContrastivLoss\nexcept ImportError:\n    ContrastivLoss = None\n` },
  ],
  invalid: [
    { name: "read", code: `from sentence_transformers import losses\nlosses.⟦MultipleNegativeRankingLoss⟧(m)\n`, findings: one("error", "MultipleNegativesRankingLoss"), fixed: `from sentence_transformers import losses\nlosses.MultipleNegativesRankingLoss(m)\n` },
    { name: "imported", code: `from sentence_transformers.losses import ⟦ConstrativeLoss⟧\n`, findings: one("error", "raises ImportError. Write ContrastiveLoss"), fixed: `from sentence_transformers.losses import ContrastiveLoss\n` },
    { name: "imported and used: left to the author", code: `from sentence_transformers.losses import ⟦ConstrativeLoss⟧\nConstrativeLoss(m)\n`, findings: one("error", "ImportError") },
  ],
});
