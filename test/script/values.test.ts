/** Source -> what the last `ask(...)` is known to be. */
import { describe, expect, it } from "vitest";
import { asked, py, scriptOf, show } from "../support/script.js";

const tables: Record<string, readonly (readonly [source: string, answer: string])[]> = {
  "literals and folding": [
    ["ask(0x10 + 1_000)", "1016"],
    ["ask(1/10)", "0.1"],
    ["ask(7 // 2 * 2.0)", "6.0"],
    ["ask(-7 % 3)", "2"],
    ["ask(2 ** -1)", "0.5"],
    ["ask('a' 'b' + \"c\\n\")", "'abc\n'"],
    ["ask(r'\\d')", "'\\d'"],
    ["n = 3\nask(f'{n}x{{}}')", "'3x{}'"],
    ["ask('{}/best'.format('out'))", "'out/best'"],
    ["ask(int('3') + round(2.5) + len([1, 2]))", "7"],
    ["ask(str(0))", "'0'"],
    ["ask(max(1, round(3.7)))", "4"],
    ["ask(not True)", "False"],
    ["ask('a' in {'a': 1})", "True"],
    ["ask(1 < 2)", "True"],
    ["ask(1 / 0)", "(1 / 0)"],
    ["ask(2j)", "?"],
    ["ask((1, \\\n  2)[1])", "2"],
    ["ask([1, # one\n 2])", "[1, 2]"],
    ["ask({**{'a': 1}, 'b': 2} | dict(c=3))", "{a: 1, b: 2, c: 3}"],
    ["ask({'a': 1, **x})", "{...}"],
    ["ask({**x, 'a': 1})", "{a: 1, ...}"],
    ["ask([*[1], 2])", "[1, 2]"],
    ["ask((1, 'a')[1])", "'a'"],
    ["ask({'a': {'b': 5}}['a']['b'])", "5"],
  ],
  "names": [
    ["a = 1\na = a + 1\nask(a)", "2"],
    ["a = b = 3\nask(b)", "3"],
    ["a, (b, c) = 1, (2, 3)\nask(c)", "3"],
    ["a, *b, c = 1, 2, 3\nask(c)", "?"],
    ["for a in x: pass\nask(a)", "?"],
    ["a = 1\nfor i in x:\n  ask(a)\n  a = 2", "?"],
    ["a = 1\nfor i in x:\n  a = 2\nask(a)", "2 | 1"],
    ["if c:\n  a = 1\nelse:\n  a = 2\nask(a)", "2 | 1"],
    ["if c:\n  a = 1\nelse:\n  a = 1\nask(a)", "1"],
    ["a = 0\nif c:\n  a = 1\nelse:\n  raise E\nask(a)", "1"],
    ["a = 0\nif c:\n  a = 1\n  ask(a)", "1"],
    ["a = 0\nif c:\n  a = 1\nelif d:\n  ask(a)", "0"],
    ["a = 1 if c else 2\nask(a)", "1 | 2"],
    ["a = 1\nif False:\n  a = 2\nask(a)", "1"],
    ["DEBUG = False\na = 1\nif DEBUG:\n  a = 2\nask(a)", "1"],
    ["a = 1\ndef f():\n  ask(a)", "1"],
    ["a = 1\ndef f():\n  ask(a)\na = 2", "?"],
    ["a = 1\ndef f():\n  global a\n  a = 2\nask(a)", "?"],
    ["def f():\n  a = 1\n  def g():\n    ask(a)", "1"],
    ["try:\n  a = 1\nexcept E:\n  a = 2\nask(a)", "2 | 1"],
    ["try:\n  a = 1\nexcept E:\n  raise\nask(a)", "1"],
    ["a = 0\ntry:\n  a = 1\nfinally:\n  pass\nask(a)", "1"],
    ["with x as a:\n  b = 1\nask(b)", "1"],
    ["if (a := 4) > 3:\n  ask(a)", "4"],
    ["a = 1\ndel a\nask(a)", "?"],
    ["a = 8\na //= 3\nask(a)", "2"],
    ["class C:\n  a = 1\n  def f(self):\n    ask(a)", "?"],
    ["while True:\n  a = 1\n  break\nask(a)", "1"],
    ["for i in x:\n  if i:\n    a = 1\n    break\nelse:\n  a = 2\nask(a)", "2 | 1"],
    ["[a for a in x]\nask(a)", "?"],
    ["a: int = 3\nask(a)", "3"],
    ["a: int\nask(a)", "?"],
  ],
  "imports": [
    ["from transformers import TrainingArguments as TA\nask(TA)", "transformers.TrainingArguments"],
    ["import transformers as tf\nask(tf.TrainingArguments)", "transformers.TrainingArguments"],
    ["from transformers.training_args import TrainingArguments\nask(TrainingArguments)", "transformers.TrainingArguments"],
    ["import transformers.training_args\nask(transformers.training_args.TrainingArguments)", "transformers.TrainingArguments"],
    ["from simpletransformers.classification import ClassificationArgs\nask(ClassificationArgs)", "simpletransformers.ClassificationArgs"],
    ["from simpletransformers.config.model_args import ClassificationArgs\nask(ClassificationArgs)", "simpletransformers.ClassificationArgs"],
    ["from .args import TrainingArguments\nask(TrainingArguments)", "?"],
    ["from mine import TrainingArguments\nask(TrainingArguments)", "mine.TrainingArguments"],
    ["from transformers import *\nask(TrainingArguments)", "?"],
    ["from transformers import Trainer\nclass Trainer: pass\nask(Trainer)", "class Trainer"],
    ["try:\n  from transformers import A\nexcept ImportError:\n  A = None\nask(A)", "transformers.A"],
    ["T = __import__('x')\nask(T)", "builtins.__import__(...)"],
    ["import trl\nT = trl.SFTTrainer\nU = T\nask(U)", "trl.SFTTrainer"],
  ],
  "dicts and lists that change": [
    ["d = {'a': 1}\nd['b'] = 2\nask(d)", "{a: 1, b: 2}"],
    ["d = {'a': 1}\nask(d)\nd['b'] = 2", "{a: 1}"],
    ["d = {'a': 1}\nd.update(a=3, b=4)\nask(d)", "{a: 3, b: 4}"],
    ["d = {'a': 1}\nd.update({'c': 5})\nask(d)", "{a: 1, c: 5}"],
    ["d = {'a': 1}\nd.update(x)\nask(d)", "{...}"],
    ["d = {'a': 1}\nd.pop('a')\nask(d)", "{}"],
    ["d = {'a': 1}\ndel d['a']\nask(d)", "{}"],
    ["d = {'a': 1}\nif c:\n  d['b'] = 2\nask(d)", "{a: 1, b: 2 | absent}"],
    ["d = {'a': 1}\nd[k] = 2\nask(d)", "{...}"],
    ["d = {'a': 1}\ne = d\ne['b'] = 2\nask(d)", "{a: 1, b: 2}"],
    ["d = {'a': 1}\nsecret(d)\nask(d)", "{...}"],
    ["d = {'a': 1}\nprint(d)\nask(d)", "{a: 1}"],
    ["d = {'a': 1}\nd |= {'b': 2}\nask(d)", "{a: 1, b: 2}"],
    ["d = {'a': 1}\nfor k in x:\n  d['b'] = k\nask(d)", "{a: 1, b: ? | absent}"],
    ["d = dict(a=1)\ne = {**d, 'b': 2}\ne['a'] = 9\nask(d)", "{a: 1}"],
    ["d = {'a': 1}\ne = d.copy()\ne['a'] = 9\nask(d)", "{a: 1}"],
    ["def f(d):\n  d['b'] = 2\nd = {'a': 1}\nf(d)\nask(d)", "{a: 1, b: 2}"],
    ["def f(d):\n  if c:\n    d['b'] = 2\nd = {'a': 1}\nf(d)\nask(d)", "{a: 1, b: ?}"],
    ["d = {'a': 1}\ndef f():\n  ask(d)", "{a: 1}"],
    ["l = [1]\nl.append(2)\nask(l)", "[1, ...]"],
    ["l = [1]\nl.clear()\nask(l)", "[...]"],
    ["d = {'t': {'a': 1}}\nask(d['t'])", "{a: 1}"],
    ["d = {'t': {'a': 1}}\nd['t']['b'] = 2\nask(d['t'])", "{a: 1, b: 2}"],
    ["d = {'t': {'a': 1}}\nsecret(d)\nask(d['t'])", "?"],
    ["d = {}\nd['a'] = {}\nd['a']['b'] = 1\nask(d['a'])", "{b: 1}"],
  ],
  "functions": [
    ["def f(x, y=2):\n  return x * y\nask(f(3))", "6"],
    ["def f(x):\n  z = x + 1\n  return z\nask(f(x=3))", "4"],
    ["def f(x):\n  if x:\n    return 1\n  return 2\nask(f(y))", "1 | 2"],
    ["f = lambda a: a / 2\nask(f(3))", "1.5"],
    ["def f(*a, **k):\n  return k\nask(f(1, b=2))", "{b: 2}"],
    ["def f(**k):\n  k['c'] = 3\n  return k\nask(f(b=2))", "{b: 2, c: 3}"],
    ["def f():\n  return f()\nask(f())", "?(...)"],
    ["def f(n):\n  return g(n) // 2\ndef g(n):\n  return n + 1\nask(f(5))", "3"],
    ["def f(x):\n  pass\nask(f(1))", "None"],
    ["async def f(x):\n  return 1\nask(f(1))", "?(...)"],
    ["@decorated\ndef f(x):\n  return 1\nask(f(1))", "?(...)"],
    ["def f(x):\n  ask(x)", "<x>"],
    ["def f(n):\n  return len(n) / 2\nask(f(d))", "(builtins.len(...) / 2)"],
  ],
  "classes": [
    ["class C:\n  lr = 1\nask(C.lr)", "1"],
    ["class C:\n  lr = 1\nC.lr = 2\nask(C.lr)", "class C.lr"],
    ["class C:\n  lr = 1\nask(C().lr)", "1"],
    ["class C:\n  lr = 1\nc = C()\nc.lr = 2\nask(c.lr)", "2"],
    ["class C:\n  def __init__(self):\n    self.a = 1\n  def f(self):\n    ask(self.a)", "1"],
    ["class C:\n  def __init__(self):\n    self.a = 1\n  def g(self):\n    self.a = 2\n  def f(self):\n    ask(self.a)", "<self>.a"],
    ["class C:\n  def f(self):\n    self.a = 1\n    ask(self.a)", "1"],
    ["class C:\n  def half(self, n):\n    return n / 2\n  def f(self):\n    ask(self.half(3))", "1.5"],
    ["class B:\n  lr = 1\nclass C(B):\n  pass\nask(C.lr)", "1"],
    ["class C:\n  def __init__(self, n):\n    self.args = {'a': n}\n    self.args['b'] = 1\n  def f(self):\n    ask(self.args)", "{a: <n>, b: 1}"],
  ],
  "half-written and hostile code": [
    ["x = \nask(1)", "1"],
    ["a = a\nask(a)", "?"],
    ["a = [a]\nask(a)", "[?]"],
  ],
};

describe.each(Object.entries(tables))("%s", (_, rows) => {
  it.each(rows.map(([source, answer]) => [JSON.stringify(source), source, answer] as const))("%s", (_name, source, answer) => {
    const script = scriptOf(source);
    expect(show(script.evaluate(asked(script)))).toBe(answer);
  });
});

describe("branches that belong together", () => {
  it("keeps the decision with each alternative", () => {
    const script = scriptOf(py`
      strategy = "steps" if debug else "epoch"
      save = "steps" if debug else "epoch"
      ask((strategy, save))
    `);
    const value = script.evaluate(asked(script));
    expect(show(value)).toBe("('steps' | 'epoch', 'steps' | 'epoch')");
  });
});
