/** Every rule, in the order of the catalogue. A new rule is one import and one entry here. */
import type { Rule } from "../analysis/rule.js";
import dictAsGenerationConfig from "./generation/dict-as-generation-config.js";
import droppedAttentionMask from "./generation/dropped-attention-mask.js";
import encodingNotUnpacked from "./generation/encoding-not-unpacked.js";
import encodingWithoutTensors from "./generation/encoding-without-tensors.js";
import forceWordsWithoutBeams from "./generation/force-words-without-beams.js";
import generationConfigAsModelConfig from "./generation/generation-config-as-model-config.js";
import invalidValue from "./generation/invalid-value.js";
import parameterOnModelConfig from "./generation/parameter-on-model-config.js";
import pipelineClassWithString from "./generation/pipeline-class-with-string.js";
import removedDecodingMode from "./generation/removed-decoding-mode.js";
import removedTask from "./generation/removed-task.js";
import shadowedPipeline from "./generation/shadowed-pipeline.js";
import tooManyReturnSequences from "./generation/too-many-return-sequences.js";
import unsavableGenerationConfig from "./generation/unsavable-generation-config.js";
import unusedIgnore from "./hf-preflight/unused-ignore.js";
import stepsDividedByNGpu from "./simpletransformers/steps-divided-by-n-gpu.js";
import baseModelInTrainer from "./transformers/base-model-in-trainer.js";
import bestCheckpointSkipped from "./transformers/best-checkpoint-skipped.js";
import computeLossSignature from "./transformers/compute-loss-signature.js";
import evaluationWithoutDataset from "./transformers/evaluation-without-dataset.js";
import fp16AndBf16 from "./transformers/fp16-and-bf16.js";
import invalidComputeMetrics from "./transformers/invalid-compute-metrics.js";
import invalidTrainingNumber from "./transformers/invalid-number.js";
import iterableWithoutMaxSteps from "./transformers/iterable-without-max-steps.js";
import labelCountConflict from "./transformers/label-count-conflict.js";
import metricNotComputed from "./transformers/metric-not-computed.js";
import misspelledTokenizerAttribute from "./transformers/misspelled-tokenizer-attribute.js";
import mlmCollatorForCausalLm from "./transformers/mlm-collator-for-causal-lm.js";
import plainArgumentsInSeq2seqTrainer from "./transformers/plain-arguments-in-seq2seq-trainer.js";
import reportToNone from "./transformers/report-to-none.js";
import saveBestWithoutMetric from "./transformers/save-best-without-metric.js";
import strategyMismatch from "./transformers/strategy-mismatch.js";
import workersOptionWithoutWorkers from "./transformers/workers-option-without-workers.js";
import wrongCollator from "./transformers/wrong-collator.js";
import decimalSaveSteps from "./trl/decimal-save-steps.js";

export const rules: readonly Rule[] = [
  strategyMismatch, bestCheckpointSkipped, evaluationWithoutDataset, metricNotComputed, invalidComputeMetrics, iterableWithoutMaxSteps,
  computeLossSignature, fp16AndBf16, workersOptionWithoutWorkers, misspelledTokenizerAttribute, reportToNone, mlmCollatorForCausalLm, wrongCollator,
  baseModelInTrainer, plainArgumentsInSeq2seqTrainer, labelCountConflict, saveBestWithoutMetric, invalidTrainingNumber, forceWordsWithoutBeams,
  decimalSaveSteps, stepsDividedByNGpu, removedDecodingMode, tooManyReturnSequences, invalidValue, droppedAttentionMask, encodingNotUnpacked,
  encodingWithoutTensors, generationConfigAsModelConfig, parameterOnModelConfig, dictAsGenerationConfig, unsavableGenerationConfig, removedTask,
  shadowedPipeline, pipelineClassWithString, unusedIgnore,
];
