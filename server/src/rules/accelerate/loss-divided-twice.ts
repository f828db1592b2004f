import { deleteStatement, replaceNode, statementOf } from "../../analysis/edits.js";
import type { Edit } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Call } from "../../script/calls.js";
import type { Script } from "../../script/script.js";
import { numberOf } from "../../script/values.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";
import { acceleratorCalls, acceleratorOf } from "./accelerators.js";

export default defineRule({
  id: "accelerate/loss-divided-twice",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["accelerate"],
  mentions: ["gradient_accumulation_steps"],
  messages: {
    twice: "accelerator.backward() already divides the loss by gradient_accumulation_steps: with this division the gradients are {divisor} times too small. Drop the division.",
  },
  docs: {
    summary: "A loss that the script divides by the accumulation steps, and Accelerate again.",
    why: `\`Accelerator(gradient_accumulation_steps=N)\` makes \`accelerator.backward(loss)\` divide by N, inside \`accumulate\` and outside. A loop that was written for plain PyTorch and keeps its
\`loss = loss / N\` divides twice, and learns as if the learning rate were lower. Nothing says so.`,
    examples: [
      {
        bad: `from accelerate import Accelerator

accelerator = Accelerator(gradient_accumulation_steps=4)
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for batch in loader:
    with accelerator.accumulate(model):
        loss = model(**batch).loss
        accelerator.backward(loss / 4)
        optimizer.step()
        optimizer.zero_grad()
`,
        good: `from accelerate import Accelerator

accelerator = Accelerator(gradient_accumulation_steps=4)
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for batch in loader:
    with accelerator.accumulate(model):
        loss = model(**batch).loss
        accelerator.backward(loss)
        optimizer.step()
        optimizer.zero_grad()
`,
      },
    ],
    references: ["https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/accelerator.py", "https://huggingface.co/docs/accelerate/usage_guides/gradient_accumulation"],
    silent: "Where the Accelerator isn't given the steps (then it divides by 1), or the division is by something else.",
  },
  check({ script, report }) {
    const { tree } = script;
    for (const backward of acceleratorCalls(script, "backward")) {
      const accelerator = acceleratorOf(backward.receiver);
      const steps = accelerator?.keywords.get("gradient_accumulation_steps");
      const division = divisionOf(script, backward);
      if (!steps || !division || numberOf(steps.value) === 1) continue;
      const divisor = tree.textOf(division.divisor);
      const [given, divided] = [numberOf(steps.value), numberOf(script.evaluate(division.divisor))];
      const isSameName = tree.kind(division.divisor) !== Kind.integer && divisor === tree.textOf(steps.node);
      if (!isSameName && !(given !== undefined && given === divided) && !/(?:^|\.)accelerator\.gradient_accumulation_steps$/.test(divisor)) continue;
      report({ message: "twice", data: { divisor }, at: tree.span(division.place), fixes: [{ title: "Drop the division", safety: "unsafe", edits: [division.edit] }] });
    }
  },
});

interface Division {
  readonly place: Node;
  readonly divisor: Node;
  readonly edit: Edit;
}

/** What the loss of a `backward` is divided by: in the call, or by the last statement before it in the same block that binds the loss. */
function divisionOf(script: Script, backward: Call): Division | undefined {
  const { tree } = script;
  const loss = backward.positional[0]?.node ?? NO_NODE;
  const inline = dividedIn(script, loss);
  if (inline || tree.kind(loss) !== Kind.identifier) return inline;
  const name = tree.textOf(loss);
  const statement = statementOf(tree, backward.node);
  const earlier = tree.children(tree.parent(statement)).filter((each) => each < statement);
  for (const each of earlier.reverse()) {
    const assignment = tree.firstChild(each);
    const kind = tree.kind(assignment);
    const isOurs = (kind === Kind.assignment || kind === Kind.augmented_assignment) && tree.textOf(tree.child(assignment, Field.left)) === name;
    if (!isOurs) {
      if (tree.kind(each) === Kind.expression_statement) continue;
      return undefined;
    }
    const right = tree.child(assignment, Field.right);
    if (kind === Kind.assignment) return dividedIn(script, right);
    return tree.textOf(tree.child(assignment, Field.operator)) === "/=" ? { place: assignment, divisor: right, edit: deleteStatement(tree, each) } : undefined;
  }
  return undefined;
}

function dividedIn(script: Script, expression: Node): Division | undefined {
  const { tree } = script;
  if (tree.kind(expression) !== Kind.binary_operator || tree.textOf(tree.child(expression, Field.operator)) !== "/") return undefined;
  const left = tree.child(expression, Field.left);
  return { place: expression, divisor: tree.child(expression, Field.right), edit: replaceNode(tree, expression, tree.textOf(left)) };
}
