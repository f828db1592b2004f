/** The questions that the hardest rules ask of the Script. */
import { describe, expect, it } from "vitest";
import { isEncoding } from "../../server/src/script/calls.js";
import { columnsOf, returnedKeys, type Columns } from "../../server/src/script/datasets.js";
import { divisorsOf } from "../../server/src/script/divisions.js";
import { asked, py, scriptOf } from "../support/script.js";

const shown = ({ names, open }: Columns): string => [...[...names].sort(), ...(open ? ["..."] : [])].join(" ");

describe("what is this divided by", () => {
  it.each([
    ["ask(n / 2)", "2"],
    ["ask(n // a // b)", "b a"],
    ["ask(n / (a * b))", "a b"],
    ["m = n / a\nask(round(m / b))", "b a"],
    ["m = n\nm //= a\nask(m)", "a"],
    ["ask(max(1, int(n / a)) + 1)", "a"],
    ["def half(x, by):\n  return x / by\nask(half(n, a))", "by"],
    ["def f(x):\n  def g(y):\n    return y / a\n  return g(x)\nask(f(n))", "a"],
    ["bs = args.bs * a\nask(n / bs)", "args.bs a"],
    ["ask(2000 // 32 // 4)", "4 32"],
    ["ask(a * n)", ""],
    ["ask(n % a)", ""],
    ["ask(other(n / a))", ""],
    ["x = n / a if c else n\nask(x)", "a"],
  ])("%j: %s", (source, expected) => {
    const script = scriptOf(source);
    expect(divisorsOf(script.evaluate(asked(script))).map(({ node }) => script.tree.textOf(node)).join(" ")).toBe(expected);
  });
});

describe("which keys does this function return", () => {
  it.each([
    ["def f(p):\n  return {'acc': 1, 'f1': 2}", "acc f1"],
    ["def f(p):\n  r = {}\n  r['acc'] = 1\n  return r", "acc"],
    ["def f(p):\n  r = {'a': 1}\n  if p:\n    r['b'] = 2\n  return r", "a b"],
    ["def f(p):\n  r = dict(a=1)\n  r.update(b=2)\n  return r", "a b"],
    ["def f(p):\n  return {**{'a': 1}, 'b': 2}", "a b"],
    ["def f(p):\n  return {k: 1 for k in p}", "..."],
    ["import evaluate\nm = evaluate.load('accuracy')\ndef f(p):\n  return m.compute(predictions=p, references=p)", "accuracy"],
    ["import evaluate\nm = evaluate.load('accuracy')\ndef f(p):\n  r = m.compute(predictions=p, references=p)\n  return {'acc': r['accuracy'], **r}", "..."],
    ["import evaluate\nm = evaluate.load('glue', 'mrpc')\ndef f(p):\n  return m.compute(predictions=p, references=p)", "..."],
    ["def f(p):\n  return helper(p)\ndef helper(p):\n  return {'a': 1}", "a"],
    ["def f(p):\n  if p:\n    return {'a': 1}\n  return {'b': 1}", "a b"],
    ["def f(p):\n  return unknown(p)", "..."],
    ["f = lambda p: {'a': 1}", "a"],
  ])("%j: %s", (source, expected) => {
    const script = scriptOf(`${source}\nask(f)`);
    const value = script.evaluate(asked(script));
    expect(value.kind).toBe("function");
    if (value.kind === "function") expect(shown(returnedKeys(script, script.returnValue(value.function)))).toBe(expected);
  });
});

describe("which columns does this dataset have", () => {
  const D = "from datasets import Dataset, load_dataset\nd = Dataset.from_dict({'text': [], 'label': []})\n";
  it.each([
    ["ask(d)", "label text"],
    ["ask(d.rename_column('label', 'labels'))", "labels text"],
    ["ask(d.remove_columns(['text']))", "label"],
    ["ask(d.select_columns('text').shuffle(seed=1).select(range(3)))", "text"],
    ["ask(d.add_column('x', []))", "label text x"],
    ["def f(e):\n  return {'input_ids': e['text']}\nask(d.map(f))", "input_ids label text"],
    ["def f(e):\n  return {'input_ids': e['text']}\nask(d.map(f, remove_columns=['text']))", "input_ids label"],
    ["def f(e):\n  return {'input_ids': e['text']}\nask(d.map(f, remove_columns=d.column_names))", "input_ids"],
    ["from transformers import AutoTokenizer\nt = AutoTokenizer.from_pretrained('x')\nask(d.map(lambda e: t(e['text'])))", "attention_mask input_ids label text ..."],
    ["s = d.train_test_split(0.1)\nask(s['train'])", "label text"],
    ["ask(load_dataset('mine')['train'])", "..."],
    ["ask(load_dataset('mine')['train'].map(lambda e: {'a': 1}, remove_columns=['x']))", "a ..."],
    ["d = d.rename_column('text', 'prompt') if c else d\nask(d)", "label ..."],
    ["ask(d.map(unknown))", "label text ..."],
    ["ask(unknown(d))", "..."],
  ])("%j: %s", (source, expected) => {
    const script = scriptOf(D + source);
    expect(shown(columnsOf(script, script.evaluate(asked(script))))).toBe(expected);
  });
});

describe("is this the tokenizer's result", () => {
  const T = "from transformers import AutoTokenizer, BertTokenizerFast\nt = AutoTokenizer.from_pretrained('gpt2')\n";
  it.each([
    ["ask(t('a', return_tensors='pt'))", true],
    ["x = t('a').to('cuda')\nask(x)", true],
    ["ask(BertTokenizerFast.from_pretrained('b')(['a']))", true],
    ["ask(t.encode_plus('a'))", true],
    ["x = t('a')\nask({k: v.cuda() for k, v in x.items()})", true],
    ["ask(t.encode('a'))", false],
    ["ask(t('a')['input_ids'])", false],
    ["ask(other('a'))", false],
    ["def f(t):\n  ask(t('a'))", false],
    ["class R:\n  def __init__(self):\n    self.t = AutoTokenizer.from_pretrained('x')\n  def f(self):\n    ask(self.t('a'))", true],
  ])("%j: %s", (source, expected) => {
    const script = scriptOf(T + source);
    expect(isEncoding(script.evaluate(asked(script)))).toBe(expected);
  });

  it("knows that it brings no generation keyword", () => {
    const script = scriptOf(py`
      from transformers import AutoTokenizer
      inputs = AutoTokenizer.from_pretrained("gpt2")("a", return_tensors="pt")
      ask(model.generate(**inputs, max_new_tokens=5))
    `);
    const call = script.callAt(asked(script));
    expect([call.isOpen, call.value("num_beams").kind, call.value("attention_mask").kind]).toEqual([false, "absent", "unknown"]);
  });
});
