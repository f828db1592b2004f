import rule from "../../../server/src/rules/simpletransformers/label-count-conflict.js";
import { ruleTest } from "../../support/ruleTest.js";

const HEAD = "import pandas as pd\nfrom simpletransformers.classification import ClassificationArgs, ClassificationModel, MultiLabelClassificationModel\n";
const built = (model: string, args = "", more = ""): string => `${HEAD}args = ClassificationArgs(${args})\nm = ${model}\n${more}`;
const fine = (model: string, args = "", more = ""): string => built(model, args, more).replace(/[⟦⟧]/g, "");
const labelled = (model: string, labels: string, args = ""): string => `${HEAD}df = pd.DataFrame({"text": x, "labels": ${labels}})\nargs = ClassificationArgs(${args})\nm = ${model}\nm.train_model(df)\n`;
const M = 'ClassificationModel("bert", "b", args=args)';
const N = (count: string): string => `ClassificationModel("bert", "b", num_labels=${count}, args=args)`;
const ABC = 'labels_list=["a", "b", "c"]';

ruleTest(rule, {
  valid: [
    { name: "as many", code: fine(N("3"), ABC) },
    { name: "two without a number", code: fine(M, 'labels_list=["a", "b"]') },
    { name: "a number from outside", code: fine(N("count"), ABC) },
    { name: "a list from outside", code: fine(N("2"), "labels_list=names") },
    { name: "a list that grows", code: `${HEAD}names = ["a"]\nnames.extend(more)\nargs = ClassificationArgs(labels_list=names)\nm = ${N("2")}\n` },
    { name: "written after the model", code: fine(N("2"), "", 'm.args.labels_list = ["a", "b", "c"]\n') },
    { name: "lazy loading", code: fine(N("2"), `${ABC}, lazy_loading=True`) },
    { name: "arguments from outside", code: fine('ClassificationModel("bert", "b", args=args, **more)', ABC) },
    { name: "several labels at once", code: fine('MultiLabelClassificationModel("bert", "b", num_labels=2, args=args)', ABC) },
    { name: "a regression", code: fine(N("1"), "regression=True", "m.train_model(df)\n") },
    { name: "a regression without a number", code: fine(M, "regression=True") },
    { name: "a reranker", code: fine(N("1"), "as_reranker=True", "m.train_model(df)\n") },
    { name: "one output that only predicts", code: fine(N("1"), "", "m.predict(texts)\n") },
    { name: "one output, the flag from outside", code: fine(N("1"), "regression=flag", "m.train_model(df)\n") },
    { name: "labels within", code: labelled(N("3"), "[0, 1, 2]") },
    { name: "labels within the default", code: labelled(M, "[0, 1]") },
    { name: "numbered by a list", code: labelled(N("3"), "[1, 2, 3]", "labels_list=[1, 2, 3]") },
    { name: "labels that aren't written", code: labelled(N("2"), "y") },
    { name: "decimals", code: labelled(M, "[0.5, 2.5]") },
    { name: "a list that is set after the model is built", code: `from simpletransformers.classification import ClassificationArgs, ClassificationModel\nargs = ClassificationArgs()\nmodel = ClassificationModel("bert", "b", num_labels=2, args=args)\nargs.labels_list = ["a", "b", "c"]\n` },
    { name: "an empty list", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", num_labels=3, args={"labels_list": []})\n` },
    { name: "two labels, which is what a model has", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", args={"labels_list": ["a", "b"]})\n` },
    { name: "a number from outside", code: `from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", num_labels=cli.labels, args={"labels_list": ["a", "b", "c"]})\n` },
    { name: "several labels for each text", code: `from simpletransformers.classification import MultiLabelClassificationModel\nmodel = MultiLabelClassificationModel("bert", "b", num_labels=2, args={"labels_list": ["a", "b", "c"]})\n` },
    { name: "regression with one output", code: `import pandas as pd\nfrom simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", num_labels=1, args={"regression": True})\nmodel.train_model(pd.DataFrame({"text": ["a"], "labels": [4.5]}))\n` },
    { name: "one output, and a loss of its own", code: `import pandas as pd\nfrom simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", num_labels=1, args={"loss_type": "focal"})\nmodel.train_model(pd.DataFrame({"text": ["a"], "labels": [0]}))\n` },
    { name: "labels under other names", code: `import pandas as pd\nfrom simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", num_labels=2)\nmodel.train_model(pd.DataFrame({"a": ["x"], "labels": [2], "c": [0]}))\n` },
    { name: "labels that are mapped", code: `import pandas as pd\nfrom simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("bert", "b", num_labels=2, args={"labels_map": {5: 0, 7: 1}})\nmodel.train_model(pd.DataFrame({"text": ["x"], "labels": [7]}))\n` },
  ],
  invalid: [
    { name: "three for two", code: built('ClassificationModel("bert", "b", ⟦num_labels=2⟧, args=args)', ABC), findings: [{ severity: "error", message: "num_labels is 2, but labels_list has 3: raises AssertionError" }] },
    { name: "in a dict", code: `${HEAD}m = ClassificationModel("bert", "b", ⟦num_labels=4⟧, args={"labels_list": ["a", "b", "c"]})\n`, findings: [{ severity: "error", message: "labels_list has 3" }] },
    { name: "three without a number", code: built('⟦ClassificationModel⟧("bert", "b", args=args)', ABC), findings: [{ severity: "warning", message: "Set num_labels=3" }], fixed: fine('ClassificationModel("bert", "b", args=args, num_labels=3)', ABC) },
    { name: "written before the model", code: `${HEAD}args = ClassificationArgs()\nargs.labels_list = ["a", "b", "c"]\nm = ClassificationModel("bert", "b", ⟦num_labels=2⟧, args=args)\n`, findings: [{ severity: "error", message: "labels_list has 3" }] },
    { name: "a regression with two", code: built(N("2"), "⟦regression=True⟧", "m.train_model(df)\n"), findings: [{ severity: "error", message: "num_labels is 2" }] },
    { name: "one output for classes", code: built('ClassificationModel("bert", "b", ⟦num_labels=1⟧, args=args)', "", "m.train_model(df)\n"), findings: [{ severity: "error", message: "without regression=True" }] },
    { name: "a label without an output", code: labelled(N("2"), "[0, 1, 2]").replace("(df)", "(⟦df⟧)"), findings: [{ severity: "error", message: "0 to 1" }] },
    { name: "a label without an output, no number", code: labelled(M, "[0, 4]").replace("(df)", "(⟦df⟧)"), findings: [{ severity: "warning", message: "Set num_labels=5" }], fixed: labelled('ClassificationModel("bert", "b", args=args, num_labels=5)', "[0, 4]") },
  ],
});
