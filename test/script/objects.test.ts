/** What happened to an object, and what its fields are at construction and at use, on each branch, in another method. */
import { describe, expect, it } from "vitest";
import { asked, py, scriptOf, show } from "../support/script.js";
import { NO_NODE, type Node } from "../../server/src/syntax/flatTree.js";
import { Field } from "../../server/src/syntax/kind.js";
import type { Script } from "../../server/src/script/script.js";
import type { ScriptObject } from "../../server/src/script/objects.js";

const TA = "from transformers import TrainingArguments, Trainer\n";

function objectAsked(script: Script): { object: ScriptObject; at: Node } {
  const at = asked(script);
  const value = script.evaluate(at);
  if (value.kind !== "instance") throw new Error(`not an object: ${show(value)}`);
  return { object: value.object, at };
}

/** `save_steps` of the object asked for: when it was built, and where it is asked for. */
function field(source: string): { built: string; used: string } {
  const script = scriptOf(TA + source);
  const { object, at } = objectAsked(script);
  return { built: show(script.objects.fieldAtConstruction(object, "save_steps")), used: show(script.objects.fieldAt(object, "save_steps", at)) };
}

describe("a field at construction and at use", () => {
  it.each([
    ["a = TrainingArguments(save_steps=5)\nask(a)", "5", "5"],
    ["a = TrainingArguments()\nask(a)", "absent", "absent"],
    ["a = TrainingArguments()\na.save_steps = 7\nask(a)", "absent", "7"],
    ["a = TrainingArguments(save_steps=5)\nask(a)\na.save_steps = 7", "5", "5"],
    ["a = TrainingArguments(**{'save_steps': 0.5})\nask(a)", "0.5", "0.5"],
    ["k = dict(save_steps=1)\nk['save_steps'] = 2\na = TrainingArguments(**k)\nask(a)", "2", "2"],
    ["a = TrainingArguments(**k)\nask(a)", "?", "?"],
    ["a = TrainingArguments(save_steps=3, **k)\nask(a)", "3", "3"],
    ["a = TrainingArguments(save_steps=5)\nif c:\n  a.save_steps = 7\nask(a)", "5", "7 | 5"],
    ["a = TrainingArguments(save_steps=5)\na.save_steps *= 2\nask(a)", "5", "10"],
    ["a = TrainingArguments(save_steps=5)\nb = a\nb.save_steps = 6\nask(a)", "5", "6"],
    ["a = TrainingArguments(save_steps=5)\nsetattr(a, 'save_steps', 8)\nask(a)", "5", "8"],
    ["a = TrainingArguments(save_steps=5)\nsetattr(a, name, 8)\nask(a)", "5", "8"],
    ["a = TrainingArguments(save_steps=5)\nunseen(a)\nask(a)", "5", "?"],
    ["a = TrainingArguments(save_steps=5)\nprint(a)\nlogger.info(a)\nask(a)", "5", "5"],
    ["a = TrainingArguments(save_steps=5)\nt = Trainer(args=a)\nt.args.save_steps = 9\nask(a)", "5", "9"],
    ["a = TrainingArguments(save_steps=5)\nt = Trainer(m, a)\nask(t.args)", "5", "5"],
    ["def f(x):\n  x.save_steps = 4\na = TrainingArguments(save_steps=5)\nf(a)\nask(a)", "5", "4"],
    ["def f():\n  return TrainingArguments(save_steps=3)\na = f()\na.save_steps = 2\nask(a)", "3", "2"],
    ["def f(n):\n  return TrainingArguments(save_steps=n)\na = f(0.25)\nask(a)", "0.25", "0.25"],
    ["a = TrainingArguments(save_steps=5)\nfor i in x:\n  ask(a)\n  a.save_steps = 7", "5", "?"],
    ["a = TrainingArguments(save_steps=5)\na.set_save(strategy='steps', steps=3)\nask(a)", "5", "?"],
    ["a = TrainingArguments(save_steps=5)\ndef main():\n  ask(a)\na.save_steps = 6", "5", "6"],
    ["class C:\n  def __init__(self):\n    self.args = TrainingArguments(save_steps=5)\n    self.args.save_steps = 6\n  def run(self):\n    ask(self.args)", "5", "6"],
    ["class C:\n  def __init__(self):\n    self.args = TrainingArguments(save_steps=5)\n  def tune(self):\n    self.args.save_steps = 6\n  def run(self):\n    ask(self.args)", "5", "?"],
    ["class C:\n  def __init__(self):\n    self.args = TrainingArguments(save_steps=5)\n  def run(self):\n    self.args.save_steps = 6\n    ask(self.args)", "5", "6"],
    ["x, a = 1, TrainingArguments(save_steps=5)\na.save_steps = 6\nask(a)", "5", "6"],
  ])("%#", (source, built, used) => {
    expect(field(source), source).toEqual({ built, used });
  });

  it("knows the class, not the values, of parsed arguments, and what is written to them afterwards", () => {
    const script = scriptOf(py`
      from transformers import HfArgumentParser, TrainingArguments
      parser = HfArgumentParser((ModelArguments, TrainingArguments))
      model_args, training_args = parser.parse_args_into_dataclasses()
      training_args.save_steps = 0.5
      ask(training_args)
    `);
    const { object, at } = objectAsked(script);
    expect(object.className).toBe("transformers.TrainingArguments");
    expect(show(script.objects.fieldAt(object, "save_steps", at))).toBe("0.5");
    expect(show(script.objects.fieldAt(object, "eval_steps", at))).toBe("?");
  });
});

/** The events of the object asked for that certainly came before. */
function events(source: string): string[] {
  const script = scriptOf(source);
  const { object, at } = objectAsked(script);
  return script.eventsBefore(object, at).map((event) => `${event.kind} ${event.field ?? ""}`.trim());
}

describe("events before a place", () => {
  it("sees a model wrapped before it is prepared (peft/prepare-after-wrapping)", () => {
    const source = py`
      from transformers import AutoModelForCausalLM
      from peft import get_peft_model, prepare_model_for_kbit_training
      model = AutoModelForCausalLM.from_pretrained("gpt2").to("cuda")
      model = get_peft_model(model, config)
      model = prepare_model_for_kbit_training(model)
      model.print_trainable_parameters()
      ask(model)
    `;
    expect(events(source)).toEqual(["passed peft.prepare_model_for_kbit_training", "called print_trainable_parameters"]);
    const script = scriptOf(source);
    expect(objectAsked(script).object.className).toBe("peft.PeftModel");
    const base = script.callsTo("transformers.AutoModelForCausalLM.from_pretrained")[0];
    const made = base && script.evaluate(base.node);
    expect(made?.kind === "instance" && script.eventsOf(made.object).map((event) => event.field)).toEqual(["to", "peft.get_peft_model"]);
  });

  it("leaves out what is in a branch that the place is outside of", () => {
    expect(
      events(py`
        import wandb
        from accelerate import Accelerator
        accelerator = Accelerator()
        if x:
          accelerator.free_memory()
        accelerator.prepare(model)
        ask(accelerator)
      `),
    ).toEqual(["called prepare"]);
  });

  it("tells calls on a library's module apart in time (wandb, late environment variables)", () => {
    const script = scriptOf(py`
      import os, torch, wandb
      wandb.log({"a": 1})
      wandb.init()
      torch.cuda.is_available()
      os.environ["CUDA_VISIBLE_DEVICES"] = "0"
      os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    `);
    const [log] = script.callsTo("wandb.log");
    const [init] = script.callsTo("wandb.init");
    const [cuda] = script.callsTo("torch.cuda.is_available");
    const writes = script.environmentWrites();
    expect(writes.map(({ name, value }) => `${name}=${show(value)}`)).toEqual(["CUDA_VISIBLE_DEVICES='0'", "TOKENIZERS_PARALLELISM='false'"]);
    expect(script.precedes(log?.node ?? NO_NODE, init?.node ?? NO_NODE)).toBe(true);
    expect(script.precedes(init?.node ?? NO_NODE, log?.node ?? NO_NODE)).toBe(false);
    expect(script.precedes(cuda?.node ?? NO_NODE, writes[0]?.node ?? NO_NODE)).toBe(true);
  });

  it("finds loss.backward() on a loss of the script while an Accelerator is there (accelerate/plain-backward)", () => {
    const script = scriptOf(py`
      from accelerate import Accelerator
      accelerator = Accelerator()
      model, optimizer = accelerator.prepare(model, optimizer)
      for batch in loader:
        loss = model(**batch).loss
        loss.backward()
        accelerator.backward(loss)
    `);
    expect(script.callsOfMethod("backward").map((call) => call.name)).toEqual(["accelerate.Accelerator.prepare()[]().loss.backward", "accelerate.Accelerator.backward"]);
  });
});

describe("an object kept as an attribute of a library object", () => {
  const MODEL = "from transformers import AutoModelForCausalLM, GenerationConfig\nm = AutoModelForCausalLM.from_pretrained('x')\nc = GenerationConfig(num_beams=2)\n";
  it.each([
    ["m.generation_config = c\nask(c)", "2"],
    ["m.generation_config = c\nm.generation_config.num_beams = 3\nask(c)", "3"],
    ["other.generation_config = c\nask(c)", "?"],
    ["class A: pass\na = A()\na.generation_config = c\nask(c)", "?"],
  ])("%s -> %s", (source, expected) => {
    const script = scriptOf(MODEL + source);
    const { object, at } = objectAsked(script);
    expect(show(script.objects.fieldAt(object, "num_beams", at))).toBe(expected);
  });
});

describe("calls by canonical name", () => {
  it.each([
    ["from transformers import TrainingArguments as TA\nTA()", 1],
    ["import transformers\ntransformers.TrainingArguments()", 1],
    ["from trl import SFTConfig\nSFTConfig()", 1],
    ["from transformers import Seq2SeqTrainingArguments\nSeq2SeqTrainingArguments()", 1],
    ["from transformers import TrainingArguments\nA = TrainingArguments\nA()", 1],
    ["from transformers import TrainingArguments, Seq2SeqTrainingArguments\nA = TrainingArguments if c else Seq2SeqTrainingArguments\nA()", 0],
    ["from transformers import TrainingArguments\nclass TrainingArguments: pass\nTrainingArguments()", 0],
    ["from transformers import TrainingArguments\nclass Mine(TrainingArguments): pass\nMine()", 0],
    ["from mine import TrainingArguments\nTrainingArguments()", 0],
    ["from transformers import *\nTrainingArguments()", 0],
    ["def f(TrainingArguments):\n  TrainingArguments()", 0],
    ["from transformers import TrainingArguments\nTrainingArguments = wrap(TrainingArguments)\nTrainingArguments()", 0],
    ["try:\n  from transformers import TrainingArguments\nexcept ImportError:\n  TrainingArguments = None\nTrainingArguments()", 1],
    ["from transformers import (\n  TrainingArguments,\n)\nx = [TrainingArguments() for i in y]", 1],
    ["class C:\n  def f(self):\n    from transformers import TrainingArguments\n    return TrainingArguments()", 1],
  ])("%j: %d", (source, count) => {
    expect(scriptOf(source).callsTo("transformers.TrainingArguments")).toHaveLength(count);
  });

  it("names methods by the class they are called on", () => {
    const script = scriptOf(py`
      from transformers import Trainer, AutoTokenizer
      from trl import SFTTrainer
      trainer = SFTTrainer(model)
      trainer.train()
      class Run:
        def __init__(self):
          self.trainer = Trainer(model)
        def go(self):
          self.trainer.train()
    `);
    expect(script.callsTo("transformers.Trainer.train")).toHaveLength(2);
    expect(script.tree.textOf(script.tree.child(script.callsTo("transformers.Trainer.train")[0]?.node ?? 0, Field.function))).toBe("trainer.train");
  });

  it("says which argument is where, through dicts, tuples and partial knowledge", () => {
    const script = scriptOf(py`
      from transformers import TrainingArguments
      base = {"output_dir": "o", "save_steps": 5}
      ask(TrainingArguments("x", *("y",), eval_steps=1, **base))
    `);
    const call = script.callAt(asked(script));
    expect(call.positional.map((argument) => show(argument.value))).toEqual(["'x'", "'y'"]);
    expect([...call.keywords].map(([name, argument]) => `${name}=${show(argument.value)} ${argument.via}`)).toEqual([
      "eval_steps=1 keyword",
      "output_dir='o' unpacked",
      "save_steps=5 unpacked",
    ]);
    expect(script.tree.textOf(call.keywords.get("save_steps")?.entry ?? NO_NODE)).toBe('"save_steps": 5');
    expect(call.isOpen).toBe(false);
  });
});
