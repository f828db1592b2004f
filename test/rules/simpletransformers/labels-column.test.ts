import rule from "../../../server/src/rules/simpletransformers/labels-column.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "import pandas as pd\nfrom datasets import load_dataset\nfrom sklearn.model_selection import train_test_split\nfrom simpletransformers.classification import ClassificationModel, MultiLabelClassificationModel\n";
const trained = (frame: string, { more = "", args = "", data = "df", model = "ClassificationModel" } = {}): string =>
  `${HEAD}df = ${frame}\n${more}m = ${model}("bert", "b"${args})\nm.train_model(⟦${data}⟧)\n`;
const fine = (frame: string, options: Parameters<typeof trained>[1] = {}): string => trained(frame, options).replace(/[⟦⟧]/g, "");

ruleTest(rule, {
  valid: [
    { name: "text and labels", code: fine('pd.DataFrame({"labels": y, "text": x})') },
    { name: "pairs and labels", code: fine('pd.DataFrame({"text_a": x, "text_b": z, "labels": y})') },
    { name: "two columns in order", code: fine('pd.DataFrame({"sentence": x, "label": y})') },
    { name: "rows in order", code: fine('pd.DataFrame([["a", 0]], columns=["review", "sentiment"])') },
    { name: "renamed", code: fine('pd.DataFrame({"label": y, "text": x}).rename(columns={"label": "labels"})') },
    { name: "renamed all", code: fine('pd.DataFrame({"label": y, "x": x})', { more: 'df.columns = ["labels", "text"]\n' }) },
    { name: "a column written later", code: fine('pd.DataFrame({"idx": i, "text": x, "label": y})', { more: 'df["labels"] = df["label"].map(ids)\n' }) },
    { name: "renamed in place", code: fine('pd.DataFrame({"label": y, "text": x})', { more: 'df.rename(columns={"label": "labels"}, inplace=True)\n' }) },
    { name: "selected", code: fine('pd.DataFrame({"idx": i, "text": x, "label": y})', { data: 'df[["text", "label"]]' }) },
    { name: "read from a file", code: fine('pd.read_csv("train.csv")') },
    { name: "read and named", code: fine('pd.read_csv("train.csv", header=None)', { more: 'df.columns = ["label", "text"]\n' }) },
    { name: "columns that aren't all known", code: fine('pd.DataFrame({"label": y, "text": x, **more})') },
    { name: "handed to unknown code", code: fine('pd.DataFrame({"label": y, "text": x})', { more: "prepare(df)\n" }) },
    { name: "no label in sight", code: fine('pd.DataFrame({"a": x, "b": y})') },
    { name: "a known dataset in order", code: fine('load_dataset("imdb")["train"].to_pandas()') },
    { name: "a mapped dataset", code: fine('load_dataset("stanfordnlp/sst2")["train"].map(f).to_pandas()') },
    { name: "text labels with a list", code: fine('pd.DataFrame({"text": x, "labels": ["a", "b"]})', { args: ', args={"labels_list": ["a", "b"]}' }) },
    { name: "text labels with args from outside", code: fine('pd.DataFrame({"text": x, "labels": ["a", "b"]})', { args: ", args=args" }) },
    { name: "labels that are numbers and text", code: fine('pd.DataFrame({"text": x, "labels": ["a", 1]})') },
    { name: "lazy loading", code: fine('pd.DataFrame({"label": y, "text": x})', { args: ', args={"lazy_loading": True}' }) },
    { name: "a model of the script's own", code: fine('pd.DataFrame({"label": y, "text": x})', { more: "class ClassificationModel: ...\n" }) },
  ],
  invalid: [
    {
      name: "the label first",
      code: trained('pd.DataFrame({"label": y, "text": x})'),
      findings: [{ severity: "warning", message: 'the first column, "label", is the text' }],
      fixed: fine('pd.DataFrame({"label": y, "text": x})', { data: 'df.rename(columns={"label": "labels"})' }),
    },
    { name: "an index first", code: trained('load_dataset("stanfordnlp/sst2")["train"].to_pandas()'), findings: [{ severity: "warning", message: '"idx", is the text and the second, "sentence"' }] },
    { name: "an index first, in a frame of a split", code: trained('pd.DataFrame(load_dataset("stanfordnlp/sst2", split="train"))', { data: "df.sample(100)" }), findings: [{ severity: "warning", message: "idx" }] },
    {
      name: "a column between",
      code: trained('pd.DataFrame([[1, 2, 3]], columns=["text", "stars", "label"])'),
      findings: [{ severity: "warning", message: 'those are in "label"' }],
      fixed: fine('pd.DataFrame([[1, 2, 3]], columns=["text", "stars", "label"])', { data: 'df.rename(columns={"label": "labels"})' }),
    },
    {
      name: "pairs without labels",
      code: trained('pd.DataFrame({"text_a": x, "text_b": z, "label": y})'),
      findings: [{ severity: "error", message: 'KeyError when training starts. Rename "label"' }],
      fixed: fine('pd.DataFrame({"text_a": x, "text_b": z, "label": y})', { data: 'df.rename(columns={"label": "labels"})' }),
    },
    { name: "pairs without any", code: trained('pd.DataFrame({"text_a": x, "text_b": z})', { model: "MultiLabelClassificationModel" }), findings: [{ severity: "error", message: 'no "labels"' }] },
    { name: "text labels", code: trained('pd.DataFrame({"text": x, "labels": ["yes", "no"]})'), findings: [{ severity: "error", message: "The labels are text" }] },
    { name: "text labels in rows", code: trained('pd.DataFrame([["a", "yes"], ["b", "no"]], columns=["text", "labels"])'), findings: [{ severity: "error", message: "The labels are text" }] },
    {
      name: "a part of a split",
      code: `${HEAD}df = pd.DataFrame({"label": y, "text": x})\ntrain, test = train_test_split(df, test_size=0.1)\nm = ClassificationModel("bert", "b")\nm.train_model(⟦train⟧)\n`,
      findings: [{ severity: "warning", message: "label" }],
      fixed: `${HEAD}df = pd.DataFrame({"label": y, "text": x})\ntrain, test = train_test_split(df, test_size=0.1)\nm = ClassificationModel("bert", "b")\nm.train_model(train.rename(columns={"label": "labels"}))\n`,
    },
  ],
});
