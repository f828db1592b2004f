import rule from "../../../server/src/rules/sentence-transformers/endless-negative-sampling.js";
import { ruleTest } from "../../support/ruleTest.js";

const one = <Severity extends string>(severity: Severity, message: string): [{ severity: Severity; message: string }] => [{ severity, message }];
const SAMPLER = `from datasets import load_dataset
from sentence_transformers import InputExample
import pandas as pd
import random

def triplets(records, label_column="label"):
    examples = [InputExample(texts=[r["sentence"]], label=r[label_column]) for r in records]
    result = []
    for anchor in examples:
        negative = None
        while negative is None or negative.label == anchor.label:
            negative = random.choice(examples)
        result.append(negative)
    return result

ds = load_dataset("sst2")
`;

ruleTest(rule, {
  valid: [
    { name: "labels", code: `${SAMPLER}triplets(ds["validation"])\n` },
    { name: "data of one's own", code: `${SAMPLER}triplets(load())\n` },
    { name: "a loop that can end", code: `${SAMPLER.replace("random.choice(examples)", "random.choice(examples)\n            if done(): break")}triplets(ds["test"])\n` },
    { name: "no loop", code: `${SAMPLER.replace(/ {8}while.*\n {12}/, "        ")}triplets(ds["test"])\n` },
    { name: "the function isn't called with it", code: `${SAMPLER}predict(ds["test"])\n` },
  ],
  invalid: [
    { name: "the split", code: `${SAMPLER}triplets(⟦ds["test"]⟧)\n`, findings: one("warning", "its while loop never ends"), unsafe: `${SAMPLER}triplets(ds["validation"])\n` },
    { name: "through a data frame, as in the notes", code: `${SAMPLER}test_df = pd.DataFrame(ds["test"])\ntriplets(⟦test_df[["sentence", "label"]].to_dict("records")⟧)\n`, findings: one("warning", "triplets() never finds") },
  ],
});
