import type { Fix } from "../../analysis/finding.js";
import { defineRule } from "../../analysis/rule.js";
import type { Script } from "../../script/script.js";
import type { Value } from "../../script/values.js";
import type { Call } from "../../script/calls.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

/** Evaluators for sentence embeddings: every one of them returns a dict from 3.0 on. */
const EVALUATOR = /^sentence_transformers\.evaluation\.(?:\w+\.)*\w+Evaluator$/;
const MODEL = /^sentence_transformers\.(?:\w+\.)*SentenceTransformer$/;
const SINCE = { "sentence-transformers": ">=3.0" };

/** Functions that refuse a dict. */
const NUMERIC_KINDS: ReadonlySet<number> = new Set([Kind.comparison_operator, Kind.binary_operator, Kind.interpolation, Kind.call]);
const NUMERIC_NAME = /^(?:round|float|int|abs|sqrt|exp|log\w*|pow|floor|ceil|fabs|trunc|is(?:nan|inf|finite|close))$/;
const NUMERIC = /^(?:builtins\.(?:round|float|int|abs)|math\.\w+)$/;

export default defineRule({
  id: "sentence-transformers/evaluator-result-as-float",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["Evaluator"],
  versions: SINCE,
  messages: {
    dict: "From sentence-transformers 3.0 on an evaluator returns a dict of metrics, and this takes it for a number: raises TypeError. Use {result}[{evaluator}.primary_metric].",
  },
  docs: {
    summary: "The result of an evaluator used as a number, which it is no longer.",
    why: `Up to 2.7 calling an evaluator, or \`model.evaluate(evaluator)\`, gave one number. From 3.0 on it gives a dict of all metrics, and the one that counts is
\`result[evaluator.primary_metric]\`. Comparing the dict, computing with it or formatting it as a number raises \`TypeError\`, often at the very end of a training.`,
    examples: [
      {
        versions: { "sentence-transformers": "5.1.0" },
        bad: `from sentence_transformers import SentenceTransformer
from sentence_transformers.evaluation import TripletEvaluator

model = SentenceTransformer("all-MiniLM-L6-v2")
evaluator = TripletEvaluator(anchors, positives, negatives)
score = evaluator(model)
print(f"accuracy: {score:.3f}")
`,
        good: `from sentence_transformers import SentenceTransformer
from sentence_transformers.evaluation import TripletEvaluator

model = SentenceTransformer("all-MiniLM-L6-v2")
evaluator = TripletEvaluator(anchors, positives, negatives)
score = evaluator(model)[evaluator.primary_metric]
print(f"accuracy: {score:.3f}")
`,
      },
    ],
    references: ["https://github.com/UKPLab/sentence-transformers/blob/v3.0.0/sentence_transformers/evaluation/TripletEvaluator.py"],
    silent: "For evaluators of the script's own, which may return a number, and for those of cross-encoders.",
  },
  check({ script, report }) {
    const { tree } = script;
    // Few scripts call an evaluator themselves: the walk below is for those.
    if (!mayEvaluate(script)) return;
    for (let node = 0; node < tree.size; node++) {
      if (!NUMERIC_KINDS.has(tree.kind(node))) continue;
      for (const operand of numericOperands(script, node)) {
        const call = evaluationOf(script.evaluate(operand));
        if (!call) continue;
        const evaluator = evaluatorNode(call);
        const name = evaluator !== NO_NODE && tree.kind(evaluator) === Kind.identifier ? tree.textOf(evaluator) : "evaluator";
        const written = tree.textOf(operand);
        report({
          message: "dict",
          data: { result: written.length > 30 ? "it" : written, evaluator: name },
          at: tree.span(operand),
          when: SINCE,
          raises: "TypeError",
          related: [{ message: "the evaluation", range: call.span }],
          fixes: fixesOf(script, operand, name, evaluator),
        });
      }
    }
  },
});

function mayEvaluate(script: Script): boolean {
  return script.index.namedLike(/Evaluator$|^from_input_examples$/).length > 0;
}

/** The operands of an expression that only takes numbers. */
function numericOperands(script: Script, node: Node): Node[] {
  const { tree } = script;
  switch (tree.kind(node)) {
    case Kind.comparison_operator: {
      // `score == None` and `name in score` are fine with a dict.
      const operands = tree.children(node).filter((child) => tree.kind(child) !== Kind.token);
      const [left, right] = operands;
      if (left === undefined || right === undefined || operands.length > 2) return [];
      return /^[<>]=?$/.test(tree.text.slice(tree.end(left), tree.start(right)).trim()) ? operands : [];
    }
    case Kind.binary_operator:
      return /^[-*/]/.test(operatorOf(script, node)) || operatorOf(script, node) === "+" ? [tree.child(node, Field.left), tree.child(node, Field.right)] : [];
    case Kind.interpolation: {
      const format = tree.children(node).find((child) => tree.kind(child) === Kind.format_specifier);
      return format !== undefined && /[fgeEGd%]\}?$/.test(tree.textOf(format)) ? [tree.firstChild(node)] : [];
    }
    case Kind.call: {
      const call = script.callAt(node);
      const [only] = NUMERIC_NAME.test(call.method) && NUMERIC.test(call.name ?? "") ? call.positional : [];
      return only ? [only.node] : [];
    }
    default:
      return [];
  }
}

function operatorOf(script: Script, node: Node): string {
  const { tree } = script;
  return tree.text.slice(tree.end(tree.child(node, Field.left)), tree.start(tree.child(node, Field.right))).trim();
}

/** The call whose result a value certainly is: an evaluator with the model, or `model.evaluate(evaluator)`. */
function evaluationOf(value: Value): Call | undefined {
  if (value.kind !== "call") return undefined;
  const { call } = value;
  if (isEvaluator(call.callee)) return call;
  const isModel = call.method === "evaluate" && call.receiver?.kind === "instance" && MODEL.test(call.receiver.object.className ?? "");
  return isModel && isEvaluator(call.value("evaluator", 0)) ? call : undefined;
}

/** An object of one of the library's classes, or what their `from_input_examples` makes. */
function isEvaluator(value: Value): boolean {
  if (value.kind === "instance") return EVALUATOR.test(value.object.className ?? "");
  return value.kind === "call" && value.call.method === "from_input_examples" && EVALUATOR.test((value.call.name ?? "").replace(/\.from_input_examples$/, ""));
}

function evaluatorNode(call: Call): Node {
  return isEvaluator(call.callee) ? call.function : (call.argument("evaluator", 0)?.node ?? NO_NODE);
}

/** Where the result is taken as it comes: its metric instead. */
function fixesOf(script: Script, operand: Node, name: string, evaluator: Node): Fix[] {
  if (evaluator === NO_NODE || name !== script.tree.textOf(evaluator)) return [];
  const end = script.tree.end(operand);
  return [{ title: "Take its primary metric", safety: "unsafe", edits: [{ start: end, end, newText: `[${name}.primary_metric]` }] }];
}
