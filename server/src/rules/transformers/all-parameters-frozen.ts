import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { ObjectEvent } from "../../script/events.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { truthOf, type Value } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import type { Span } from "../../syntax/text.js";
import { callsOn, givenTo, isPlain, trainersOf } from "./trainers.js";

/** Methods of a model after which its parameters are as frozen as before. */
const LEAVE_FROZEN: ReadonlySet<string> = new Set(
  "train eval to cuda cpu half float bfloat16 double parameters named_parameters num_parameters requires_grad_ state_dict save_pretrained push_to_hub modules named_modules children named_children generate get_memory_footprint tie_weights".split(" "),
);

export default defineRule({
  id: "transformers/all-parameters-frozen",
  severity: "error",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers"],
  mentions: ["requires_grad"],
  messages: {
    frozen: "Every parameter is frozen here, and none is thawed before training: raises RuntimeError at the first step. Freeze only a part, for example model.base_model.",
  },
  docs: {
    summary: "A model that is frozen as a whole and then trained.",
    why: `With \`requires_grad = False\` for every parameter there is nothing to train: the loss has no gradient, and the first step ends with
\`RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn\`. What is mostly meant is the part below the head: \`model.base_model.parameters()\` leaves the
head trainable. With an adapter, let PEFT do the freezing.`,
    examples: [
      {
        bad: `from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased")
for parameter in model.parameters():
    parameter.requires_grad = False

trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=train)
trainer.train()
`,
        good: `from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased")
for parameter in model.base_model.parameters():
    parameter.requires_grad = False

trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=train)
trainer.train()
`,
      },
    ],
    references: ["https://docs.pytorch.org/docs/stable/notes/autograd.html#setting-requires-grad", "https://github.com/huggingface/transformers/blob/v5.18.0/src/transformers/trainer.py"],
    silent: "Where anything else in the script may thaw or replace a part: an adapter, a new head, inputs that require gradients, a function that gets the model.",
  },
  check({ script, report }) {
    for (const trainer of trainersOf(script)) {
      const model = givenTo(trainer, "model");
      const [train] = callsOn(script, trainer, "train");
      if (!train || !isPlain(trainer) || !isModel(model) || isHandedOn(script, trainer.call, train.node)) continue;
      const freezing = freezingOf(script, model.object, train.node);
      if (freezing && !mayThaw(script, model.object, train.node)) report({ message: "frozen", at: freezing, raises: "RuntimeError", related: [{ message: "trained here", range: train.nameSpan }] });
    }
  },
});

/** Whether a function gets the Trainer before it trains, and with it the model. */
function isHandedOn(script: Script, built: Call, train: Node): boolean {
  const made = script.evaluate(built.node, built.frame);
  return made.kind === "instance" && script.eventsOf(made.object).some((event) => event.kind === "escaped" && event.from <= train);
}

/** A model of transformers itself: one of PEFT brings parameters of its own. */
function isModel(value: Value): value is Extract<Value, { kind: "instance" }> {
  return value.kind === "instance" && value.object.className?.startsWith("transformers.") === true && value.object.call !== undefined;
}

/** Where all parameters of a model are certainly frozen before it is trained. */
function freezingOf(script: Script, model: ScriptObject, train: Node): Span | undefined {
  for (const event of script.eventsBefore(model, train)) {
    const { call } = event;
    if (event.kind !== "called" || !call) continue;
    if (event.field === "requires_grad_" && freezes(call)) return script.tree.span(event.node);
    const loop = event.field === "parameters" || event.field === "named_parameters" ? loopOver(script, call) : NO_NODE;
    if (loop !== NO_NODE && script.precedes(loop, train)) return script.tree.span(script.tree.firstChild(script.tree.child(loop, Field.body)));
  }
  return undefined;
}

/** `requires_grad_(False)`: without an argument it thaws. */
function freezes(call: Call): boolean {
  return truthOf(call.value("requires_grad", 0)) === false;
}

/** The loop over what a call gives, whose one statement freezes what it goes over. */
function loopOver(script: Script, call: Call): Node {
  const { tree } = script;
  const loop = tree.parent(call.node);
  if (tree.kind(loop) !== Kind.for_statement || tree.field(call.node) !== Field.right) return NO_NODE;
  const left = tree.child(loop, Field.left);
  const variable = tree.kind(left) === Kind.identifier ? left : tree.children(left).at(-1);
  const [statement, ...others] = tree.children(tree.child(loop, Field.body)).filter((node) => tree.kind(node) !== Kind.comment);
  if (variable === undefined || statement === undefined || others.length > 0) return NO_NODE;
  const name = tree.textOf(variable);
  const written = tree.textOf(statement).replace(/\s+/g, "");
  return written === `${name}.requires_grad=False` || written === `${name}.requires_grad_(False)` ? loop : NO_NODE;
}

/** Whether something may make a parameter trainable, or bring a new one, before training. */
function mayThaw(script: Script, model: ScriptObject, train: Node): boolean {
  const sets = /requires_grad\w*\s*(?:=(?!=)(?!\s*False\b)|\((?!\s*(?:requires_grad\s*=\s*)?False\b)|["'])/.test(script.text);
  if (sets || /\bpeft\b|enable_input_require_grads|add_adapter|gradient_checkpointing/.test(script.text)) return true;
  return script.eventsOf(model).some((event) => event.from <= train && changes(event)) || isGivenAway(script, model);
}

const NO_PARTS: ReadonlySet<string> = new Set(["config", "generation_config", "device", "dtype", "num_labels"]);

/** Whether a part of the model gets a name of its own, or goes to a function: `unfreeze(model.classifier)`. */
function isGivenAway(script: Script, model: ScriptObject): boolean {
  const { tree } = script;
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind(node) !== Kind.attribute || NO_PARTS.has(tree.textOf(tree.child(node, Field.attribute)))) continue;
    const parent = tree.parent(node);
    const isOnTheWay = tree.kind(parent) === Kind.attribute || tree.field(node) === Field.function || tree.field(node) === Field.left;
    if (isOnTheWay) continue;
    const value = script.evaluate(partOwner(script, node));
    if (value.kind === "instance" && value.object === model) return true;
  }
  return false;
}

/** `model` of `model.bert.encoder`. */
function partOwner(script: Script, attribute: Node): Node {
  const { tree } = script;
  const owner = tree.child(attribute, Field.object);
  return tree.kind(owner) === Kind.attribute ? partOwner(script, owner) : owner;
}

function changes({ kind, field }: ObjectEvent): boolean {
  if (kind === "written" || kind === "augmented" || kind === "deleted") return field?.startsWith("config.") !== true;
  if (kind === "called") return !LEAVE_FROZEN.has((field ?? "").replace(/^.*\./, "")) && !/^config\./.test(field ?? "");
  return kind === "escaped";
}
