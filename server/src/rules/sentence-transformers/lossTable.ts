/** What each loss of sentence-transformers takes. Measured with 2.7.0, 3.4.1, 5.1.0 and 6.0.0. */
import type { LabelKind } from "./labelKinds.js";

export interface Inputs {
  readonly least: number;
  readonly most: number;
  /** What too few raise, and too many; absent where those are left out without a word. */
  readonly tooFew?: string;
  readonly tooMany?: string;
}

const ANY = Number.POSITIVE_INFINITY;
const PAIR_OF_TWO: Inputs = { least: 2, most: 2, tooFew: "IndexError" };
const SEVERAL: Inputs = { least: 2, most: ANY, tooFew: "RuntimeError" };
const ONE: Inputs = { least: 1, most: 1 };

export const INPUTS: Readonly<Record<string, Inputs>> = {
  TripletLoss: { least: 3, most: 3, tooFew: "ValueError", tooMany: "ValueError" },
  MegaBatchMarginLoss: { least: 2, most: 2, tooFew: "ValueError", tooMany: "ValueError" },
  ContrastiveLoss: { least: 2, most: 2, tooFew: "AssertionError", tooMany: "AssertionError" },
  SoftmaxLoss: { least: 2, most: 2, tooFew: "ValueError", tooMany: "ValueError" },
  MultipleNegativesRankingLoss: SEVERAL,
  CosineSimilarityLoss: PAIR_OF_TWO,
  CoSENTLoss: PAIR_OF_TWO,
  BatchHardTripletLoss: ONE,
  BatchAllTripletLoss: ONE,
  BatchSemiHardTripletLoss: ONE,
  BatchHardSoftMarginTripletLoss: ONE,
};

/** A kind of label that makes a loss raise at the first step. */
export interface Refusal {
  /** In every version where absent. */
  readonly before?: string;
}

export interface Labels {
  /** What the labels have to be, as a message says it. */
  readonly wanted: string;
  readonly refused: Readonly<Partial<Record<LabelKind, Refusal>>>;
  /** What no label at all does: raises with the Trainer and in `fit` from this version on; before, `fit` takes all of them for 0. */
  readonly missingSince: string;
  /** What numbers outside of its range come to, without an exception. */
  readonly outside?: { readonly test: (label: number) => boolean; readonly effect: string };
}

const ALWAYS: Refusal = {};

const BINARY = (label: number): boolean => label !== 0 && label !== 1;
const CLASSES: Labels = { wanted: "a class number", refused: { str: ALWAYS }, missingSince: "3.0" };
const ORDERED: Labels = { wanted: "a similarity", refused: { str: ALWAYS }, missingSince: "3.0" };

export const LABELS: Readonly<Record<string, Labels>> = {
  ContrastiveLoss: { wanted: "0 or 1", refused: { str: ALWAYS, bool: ALWAYS }, missingSince: "3.0", outside: { test: BINARY, effect: "it counts as partly similar and partly not" } },
  OnlineContrastiveLoss: { wanted: "0 or 1", refused: { str: ALWAYS }, missingSince: "5.7", outside: { test: BINARY, effect: "such a pair is left out" } },
  CosineSimilarityLoss: {
    wanted: "a float between -1 and 1",
    refused: { str: ALWAYS, int: { before: "3.0" }, bool: { before: "3.0" } },
    missingSince: "0",
    outside: { test: (label) => Math.abs(label) > 1, effect: "no cosine can reach it, so all pairs are pulled together" },
  },
  CoSENTLoss: ORDERED,
  AnglELoss: ORDERED,
  SoftmaxLoss: { wanted: "an int that is a class number", refused: { str: ALWAYS, float: ALWAYS, bool: ALWAYS }, missingSince: "3.0" },
  BatchHardTripletLoss: CLASSES,
  BatchAllTripletLoss: CLASSES,
  BatchSemiHardTripletLoss: CLASSES,
  BatchHardSoftMarginTripletLoss: CLASSES,
  MarginMSELoss: { wanted: "a float, the difference of two similarities", refused: { str: ALWAYS, int: ALWAYS, bool: ALWAYS }, missingSince: "0" },
  MSELoss: { wanted: "the teacher's embedding", refused: { str: ALWAYS, int: ALWAYS, float: ALWAYS, bool: ALWAYS }, missingSince: "0" },
};
