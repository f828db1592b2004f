/** Where a script can be run from: the training, else the main guard. */
import { describe, expect, it } from "vitest";
import { runPlaces } from "../../server/src/features/codeLens.js";
import { scriptOf } from "../support/script.js";

/** The first lines of the places. */
function places(text: string): string[] {
  const script = scriptOf(text);
  return runPlaces(script).map(({ start, end }) => text.slice(start, end).split("\n")[0] ?? "");
}

describe("a script can be run from", () => {
  it.each([
    ["from transformers import Trainer\nt = Trainer(model)\nt.train()\n", ["t.train()"]],
    ["from trl import SFTTrainer as T\nT(model).train(resume_from_checkpoint=True)\n", ["T(model).train(resume_from_checkpoint=True)"]],
    ["import transformers\nclass Mine(transformers.Trainer):\n    pass\nmy_trainer = Mine(model)\nresult = my_trainer.train()\n", ["my_trainer.train()"]],
    ["from transformers import Trainer\nclass Job:\n    def run(self):\n        self.trainer.train()\n", ["self.trainer.train()"]],
    ["from simpletransformers.classification import ClassificationModel\nm = ClassificationModel('bert', 'x')\nm.train_model(df)\n", ["m.train_model(df)"]],
    ["import torch, transformers\nmodel.train()\n", []],
    ["import transformers\nmodel.train()\nif __name__ == '__main__':\n    main()\n", ["if __name__ == '__main__':"]],
    ['from transformers import Trainer\nif __name__ == "__main__":\n    Trainer(m).train()\n', ["Trainer(m).train()"]],
    ["import transformers\nx = '''\nif __name__ == '__main__':\n'''\n", []],
    ["import transformers\nif __name__ != '__main__':\n    pass\n", []],
  ])("%j at %j", (text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  it("three places at most", () => {
    const text = `from transformers import Trainer\nt = Trainer(m)\n${"t.train()\n".repeat(5)}`;
    expect(places(text)).toHaveLength(3);
  });
});
