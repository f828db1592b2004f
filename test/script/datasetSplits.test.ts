/** Which split a value holds, and what makes a dict of splits. */
import { describe, expect, it } from "vitest";
import { splitOf, splitsMadeBy } from "../../server/src/script/datasetSplits.js";
import { asked, scriptOf } from "../support/script.js";

const HEAD = "import pandas as pd\nfrom datasets import Dataset, load_dataset\nd = load_dataset('glue', 'sst2')\n";

describe("the split behind a value", () => {
  it.each([
    ["ask(d['test'])", "test"],
    ["ask(d.map(f)['test'].shuffle().select(range(3)))", "test"],
    ["ask(d['test']['label'])", "test"],
    ["ask(load_dataset('x', split='train[:10%]'))", "train"],
    ["ask(pd.DataFrame(d['validation'])[['sentence', 'label']].to_dict('records'))", "validation"],
    ["ask(d[name])", undefined],
    ["ask(d)", undefined],
    ["ask(load_dataset('x', split=s)['test'])", undefined],
    ["ask(d['train'].train_test_split(0.1)['test'])", undefined],
    ["ask(d['train'] if c else d['test'])", undefined],
    ["ask(unseen(d['test']))", undefined],
  ])("%s -> %s", (source, expected) => {
    const script = scriptOf(HEAD + source);
    expect(splitOf(script.evaluate(asked(script)))?.name).toBe(expected);
  });
});

describe("a dict of splits", () => {
  it.each([
    ["ask(d)", "load_dataset"],
    ["ask(d.map(f).filter(g))", "load_dataset"],
    ["ask(d['train'].train_test_split(0.1))", "train_test_split"],
    ["ask(Dataset.from_dict(x).train_test_split(0.1))", "train_test_split"],
    ["ask(d['train'])", undefined],
    ["ask(load_dataset('x', split='train'))", undefined],
    ["ask(load_dataset('x', **options))", undefined],
    ["ask(x.train_test_split())", undefined],
  ])("%s -> %s", (source, expected) => {
    const script = scriptOf(HEAD + source);
    expect(splitsMadeBy(script.evaluate(asked(script)))?.method).toBe(expected);
  });
});
