import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { nearestName } from "../../config/nearestName.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

/** What `sentence_transformers.losses` exports in 2.7, 3.4, 5.1 or 6.0. */
const LOSSES = (
  "AdaptiveLayerLoss AnglELoss BatchAllTripletLoss BatchHardSoftMarginTripletLoss BatchHardTripletLoss BatchHardTripletLossDistanceFunction BatchSemiHardTripletLoss " +
  "CachedGISTEmbedLoss CachedMultipleNegativesRankingLoss CachedMultipleNegativesSymmetricRankingLoss CoSENTLoss ContrastiveLoss ContrastiveTensionDataLoader " +
  "ContrastiveTensionLoss ContrastiveTensionLossInBatchNegatives CosineSimilarityLoss DenoisingAutoEncoderLoss DistillKLDivLoss EmbedDistillLoss GISTEmbedLoss " +
  "GlobalOrthogonalRegularizationLoss MSELoss MarginMSELoss Matryoshka2dLoss MatryoshkaLoss MegaBatchMarginLoss MultipleNegativesRankingLoss " +
  "MultipleNegativesSymmetricRankingLoss OnlineContrastiveLoss SiameseDistanceMetric SoftmaxLoss TripletDistanceMetric TripletLoss CachedLossMixin RandContext"
).split(" ");

const MODULE = "sentence_transformers.losses";

export default defineRule({
  id: "sentence-transformers/unknown-loss",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["sentence-transformers"],
  mentions: ["losses"],
  messages: {
    unknown: "sentence_transformers.losses has no {name} in any version: raises {exception}. Write {nearest}.",
  },
  docs: {
    summary: "A misspelled loss of sentence-transformers.",
    why: `The losses have long names that are easily mistaken: it is \`MultipleNegativesRankingLoss\` with two s, and \`ContrastiveLoss\`. A name that
\`sentence_transformers.losses\` doesn't have raises \`ImportError\` when it is imported and \`AttributeError\` when it is read.`,
    examples: [
      {
        bad: `from sentence_transformers import SentenceTransformer, losses

model = SentenceTransformer("all-MiniLM-L6-v2")
loss = losses.MultipleNegativeRankingLoss(model)
`,
        good: `from sentence_transformers import SentenceTransformer, losses

model = SentenceTransformer("all-MiniLM-L6-v2")
loss = losses.MultipleNegativesRankingLoss(model)
`,
      },
    ],
    references: ["https://sbert.net/docs/package_reference/sentence_transformer/losses.html"],
    silent: "For names that are not close to a known one: a newer version may have them.",
  },
  check({ script, report }) {
    const { tree } = script;
    const tell = (name: string, node: Node, exception: string): void => {
      const nearest = /^[A-Z]/.test(name) && !LOSSES.includes(name) ? nearestName(name, LOSSES) : undefined;
      if (nearest === undefined) return;
      const fixes = [{ title: `Write \`${nearest}\``, safety: "safe" as const, edits: [replaceNode(tree, node, nearest)] }];
      report({ message: "unknown", data: { name, nearest, exception }, at: tree.span(node), raises: exception, fixes: isUsedElsewhere(name, node) ? [] : fixes });
    };
    // A name that is imported is used further down: the fix of the import alone would not do.
    const isUsedElsewhere = (name: string, node: Node): boolean => tree.kind(tree.parent(node)) !== Kind.attribute && script.scopes.occurrences(name).some((each) => each !== node && tree.closest(each, Kind.import_from_statement) === NO_NODE);
    for (const { source, node, name } of script.scopes.aliasing) {
      if (source.kind === "imported" && source.name.startsWith(`${MODULE}.`) && tree.closest(node, Kind.aliased_import) === NO_NODE) tell(name, node, "ImportError");
    }
    for (const { name, source } of script.scopes.aliasing) {
      if (source.kind !== "imported" || source.name !== MODULE) continue;
      for (const occurrence of script.scopes.occurrences(name)) {
        const attribute = tree.parent(occurrence);
        if (tree.kind(attribute) !== Kind.attribute || tree.field(occurrence) !== Field.object) continue;
        const value = script.evaluate(occurrence);
        const leaf = tree.child(attribute, Field.attribute);
        if (value.kind === "reference" && value.name === MODULE) tell(tree.textOf(leaf), leaf, "AttributeError");
      }
    }
  },
});
