/** Every rule, in the order of the catalogue. A new rule is one import and one entry here. */
import type { Rule } from "../analysis/rule.js";
import forceWordsWithoutBeams from "./generation/force-words-without-beams.js";
import unusedIgnore from "./hf-preflight/unused-ignore.js";
import stepsDividedByNGpu from "./simpletransformers/steps-divided-by-n-gpu.js";
import bestCheckpointSkipped from "./transformers/best-checkpoint-skipped.js";
import strategyMismatch from "./transformers/strategy-mismatch.js";
import decimalSaveSteps from "./trl/decimal-save-steps.js";

export const rules: readonly Rule[] = [strategyMismatch, bestCheckpointSkipped, forceWordsWithoutBeams, decimalSaveSteps, stepsDividedByNGpu, unusedIgnore];
