import rule from "../../../server/src/rules/sentence-transformers/wrong-arguments-class.js";
import { ruleTest } from "../../support/ruleTest.js";

const ruleCase = (imports: string, made: string, trainer = "SentenceTransformerTrainer", given = "args=a"): string => `${imports}a = ${made}("out")\nt = ${trainer}(model=m, ${given}, train_dataset=d)\n`;
const OURS = "from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments\n";
const BARE = "from sentence_transformers import SentenceTransformerTrainer\n";

ruleTest(rule, {
  valid: [
    { name: "its own", code: ruleCase(OURS, "SentenceTransformerTrainingArguments") },
    { name: "from its module", code: ruleCase("from sentence_transformers.training_args import SentenceTransformerTrainingArguments\nfrom sentence_transformers.trainer import SentenceTransformerTrainer\n", "SentenceTransformerTrainingArguments") },
    { name: "a class of the script's own", code: ruleCase(`${OURS}class TrainingArguments(SentenceTransformerTrainingArguments): ...\n`, "TrainingArguments") },
    { name: "from outside", code: `${BARE}t = SentenceTransformerTrainer(model=m, args=args, train_dataset=d)\n` },
    { name: "none", code: `${BARE}t = SentenceTransformerTrainer(model=m, train_dataset=d)\n` },
    { name: "transformers' own trainer", code: `import sentence_transformers\nfrom transformers import Trainer, TrainingArguments\na = TrainingArguments("o")\nTrainer(m, a, train_dataset=d)\n` },
    { name: "the cross-encoder's", code: ruleCase("from sentence_transformers.cross_encoder import CrossEncoderTrainer, CrossEncoderTrainingArguments\n", "CrossEncoderTrainingArguments", "CrossEncoderTrainer") },
  ],
  invalid: [
    {
      name: "transformers' own",
      code: ruleCase(`${BARE}from transformers import TrainingArguments\n`, "TrainingArguments", undefined, "⟦args=a⟧"),
      findings: [{ severity: "error", message: "not TrainingArguments" }],
      fixed: ruleCase("from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments\nfrom transformers import TrainingArguments\n", "SentenceTransformerTrainingArguments"),
    },
    { name: "another kind of model's", code: ruleCase(`${OURS}from sentence_transformers.cross_encoder import CrossEncoderTrainer\n`, "SentenceTransformerTrainingArguments", "CrossEncoderTrainer", "⟦args=a⟧"), findings: [{ severity: "error", message: "CrossEncoderTrainingArguments" }] },
    { name: "TRL's", code: ruleCase(`${BARE}from trl import SFTConfig\n`, "SFTConfig", undefined, "⟦args=a⟧"), findings: [{ severity: "error", message: "SFTConfig" }] },
  ],
});
