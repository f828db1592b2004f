/** The questions that the hardest rules ask of the Script. */
import { describe, expect, it } from "vitest";
import { callableOf } from "../../server/src/script/callables.js";
import { isEncoding } from "../../server/src/script/calls.js";
import { columnsOf, hasNoLength, returnedKeys, type Columns } from "../../server/src/script/datasets.js";
import { divisorsOf } from "../../server/src/script/divisions.js";
import { sizeOf } from "../../server/src/script/sizes.js";
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
    ["import evaluate\nm = evaluate.load('accuracy')\ndef f(p):\n  r = m.compute(predictions=p, references=p)\n  return {'acc': r['accuracy'], **r}", "acc accuracy"],
    ["import evaluate\nm = evaluate.load('glue', 'mrpc')\ndef f(p):\n  return m.compute(predictions=p, references=p)", "accuracy f1"],
    ["import evaluate\nm = evaluate.load('glue', task)\ndef f(p):\n  return m.compute(predictions=p, references=p)", "..."],
    ["import evaluate\na = evaluate.load('accuracy')\nb = evaluate.load('f1')\ndef f(p):\n  r = a.compute(predictions=p)\n  r.update(b.compute(predictions=p))\n  return r", "accuracy f1"],
    ["import evaluate\na = evaluate.load('accuracy')\ndef f(p):\n  return a.compute(predictions=p) | {'n': 1}", "accuracy n"],
    ["import evaluate\nm = evaluate.combine(['accuracy', 'f1'])\ndef f(p):\n  return m.compute(predictions=p)", "accuracy f1"],
    ["import evaluate\nm = evaluate.combine(['accuracy', other])\ndef f(p):\n  return m.compute(predictions=p)", "..."],
    ["import evaluate\nm = evaluate.load('rouge')\ndef f(p):\n  r = m.compute(predictions=p)\n  r = {k: round(v, 4) for k, v in r.items()}\n  r['gen_len'] = 1\n  return r", "gen_len rouge1 rouge2 rougeL rougeLsum"],
    ["import evaluate\nm = evaluate.load('rouge')\ndef f(p):\n  return m.compute(predictions=p, rouge_types=['rouge1'])", "..."],
    ["import evaluate\nm = evaluate.load('accuracy')\ndef f(p):\n  return {f'x_{k}': v for k, v in m.compute(predictions=p).items()}", "..."],
    ["import evaluate\nm = evaluate.load('accuracy')\ndef f(p):\n  return {k: v for k, v in m.compute(predictions=p).items() if v}", "..."],
    ["import evaluate\nm = evaluate.load('seqeval')\ndef f(p):\n  return m.compute(predictions=p)", "overall_accuracy overall_f1 overall_precision overall_recall ..."],
    ["import evaluate\ndef f(p):\n  m = evaluate.load('wer')\n  return {'wer': m.compute(predictions=p)}", "wer"],
    ["import evaluate\ndef f(p):\n  r = {}\n  for n in ['a', 'b']:\n    r.update(evaluate.load(n).compute(predictions=p))\n  return r", "..."],
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

describe("has this dataset certainly no length", () => {
  const D = "from datasets import Dataset, IterableDataset, load_dataset\nfrom torch.utils.data import IterableDataset as Torch\ns = load_dataset('x', streaming=True)\n";
  it.each([
    ["ask(s)", true],
    ["ask(s['train'])", true],
    ["ask(s['train'].map(f).shuffle(seed=1).take(5))", true],
    ["ask(load_dataset('x', split='train').to_iterable_dataset())", true],
    ["ask(IterableDataset.from_generator(g))", true],
    ["class D(Torch):\n  def __iter__(self): ...\nask(D())", true],
    ["class D(Torch):\n  def __len__(self): return 3\nask(D())", false],
    ["class M: ...\nclass D(M, Torch):\n  def __iter__(self): ...\nask(D())", true],
    ["from mine import Sized\nclass D(Torch, Sized):\n  def __iter__(self): ...\nask(D())", false],
    ["from datasets import interleave_datasets\nask(interleave_datasets([s, s['train']]))", true],
    ["from datasets import concatenate_datasets\nask(concatenate_datasets([s, other]))", false],
    ["ask(load_dataset('x'))", false],
    ["ask(load_dataset('x', streaming=cli.streaming))", false],
    ["ask(list(s['train']))", false],
    ["ask(Dataset.from_list(list(s['train'].take(9))))", false],
    ["d = s if c else load_dataset('x')\nask(d)", false],
    ["ask(wrap(s))", false],
  ])("%j: %s", (source, expected) => {
    const script = scriptOf(D + source);
    expect(hasNoLength(script, script.evaluate(asked(script)))).toBe(expected);
  });
});

describe("how many items has this", () => {
  // What nobody knows might change what it is handed.
  const L = "ask = print\nlabels = ['a', 'b', 'c']\n";
  it.each([
    ["ask(labels)", 3],
    ["ask({0: 'a', 1: 'b'})", 2],
    ["ask({'a': 0, 'b': 1})", 2],
    ["ask({i: l for i, l in enumerate(labels)})", 3],
    ["m = {l: i for i, l in enumerate(labels)}\nask({v: k for k, v in m.items()})", 3],
    ["ask(dict(enumerate(labels)))", 3],
    ["ask(dict(zip(labels, range(3))))", 3],
    ["ask({0: 'a', 0: 'b'})", undefined],
    ["ask({0: 'a', **more})", undefined],
    ["ask({i: l for i, l in enumerate(labels) if l})", undefined],
    ["ask({i: l for i, l in enumerate(other)})", undefined],
    ["m = {0: 'a'}\nm[1] = 'b'\nask(m)", undefined],
    ["m = {0: 'a'}\nchange(m)\nask(m)", undefined],
    ["ask(other)", undefined],
  ])("%j: %s", (source, expected) => {
    const script = scriptOf(L + source);
    expect(sizeOf(script, script.evaluate(asked(script)))).toBe(expected);
  });
});

describe("which function is called by this", () => {
  it.each([
    ["def f(a, b=1): ...\nask(f)", "f a b"],
    ["f = lambda p: 1\nask(f)", " p"],
    ["from functools import partial\ndef f(t, p): ...\nask(partial(f, t))", "f p"],
    ["import functools\ndef f(p, t): ...\nask(functools.partial(f, t=t))", "f p"],
    ["class M:\n  def __call__(self, p): ...\nask(M())", "__call__ p"],
    ["class M:\n  def f(self, p): ...\n  def g(self):\n    ask(self.f)", "f p"],
    ["class M:\n  @staticmethod\n  def f(p): ...\nask(M().f)", "f p"],
    ["def make(t):\n  def inner(p): ...\n  return inner\nask(make(1))", "inner p"],
    ["from functools import partial\nask(partial(other, 1))", undefined],
    ["from functools import partial\ndef f(a, b): ...\nask(partial(f, *rest))", undefined],
    ["ask(other)", undefined],
  ])("%j: %s", (source, expected) => {
    const script = scriptOf(source);
    const found = callableOf(script, script.evaluate(asked(script)));
    expect(found && [found.function.name, ...found.parameters.map(({ name }) => name)].join(" ")).toBe(expected);
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
