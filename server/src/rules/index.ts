/** Every rule, in the order of the catalogue. A new rule is one import and one entry here. */
import type { Rule } from "../analysis/rule.js";
import accumulationWithoutAccumulate from "./accelerate/accumulation-without-accumulate.js";
import clippingScaledGradients from "./accelerate/clipping-scaled-gradients.js";
import conflictingQuantization from "./accelerate/conflicting-quantization.js";
import deepspeedConflict from "./accelerate/deepspeed-conflict.js";
import deepspeedMismatch from "./accelerate/deepspeed-mismatch.js";
import deviceMapInDistributed from "./accelerate/device-map-in-distributed.js";
import lossDividedTwice from "./accelerate/loss-divided-twice.js";
import missingDeepspeedConfig from "./accelerate/missing-deepspeed-config.js";
import modelBeforeDeepspeedArguments from "./accelerate/model-before-deepspeed-arguments.js";
import movedQuantizedModel from "./accelerate/moved-quantized-model.js";
import plainBackward from "./accelerate/plain-backward.js";
import quantizedWithoutAdapter from "./accelerate/quantized-without-adapter.js";
import accelerateRemovedArgument from "./accelerate/removed-argument.js";
import twoModelsWithDeepspeed from "./accelerate/two-models-with-deepspeed.js";
import unshardableStorage from "./accelerate/unshardable-storage.js";
import unpreparedObject from "./accelerate/unprepared-object.js";
import wrappedModelSaved from "./accelerate/wrapped-model-saved.js";
import dictAsDataset from "./datasets/dict-as-dataset.js";
import datasetsRemovedImport from "./datasets/removed-import.js";
import unlabelledTestSplit from "./datasets/unlabelled-test-split.js";
import bothLengths from "./generation/both-lengths.js";
import decodeOfBatch from "./generation/decode-of-batch.js";
import dictAsGenerationConfig from "./generation/dict-as-generation-config.js";
import droppedAttentionMask from "./generation/dropped-attention-mask.js";
import encodingNotUnpacked from "./generation/encoding-not-unpacked.js";
import encodingWithoutTensors from "./generation/encoding-without-tensors.js";
import forceWordsWithSampling from "./generation/force-words-with-sampling.js";
import forceWordsWithoutBeams from "./generation/force-words-without-beams.js";
import generationConfigAsModelConfig from "./generation/generation-config-as-model-config.js";
import ignoredFlag from "./generation/ignored-flag.js";
import incompatibleOptions from "./generation/incompatible-options.js";
import invalidValue from "./generation/invalid-value.js";
import parameterOnModelConfig from "./generation/parameter-on-model-config.js";
import pipelineBatchWithoutPadToken from "./generation/pipeline-batch-without-pad-token.js";
import pipelineClassWithString from "./generation/pipeline-class-with-string.js";
import pipelineDeviceConflict from "./generation/pipeline-device-conflict.js";
import pipelineWithoutTokenizer from "./generation/pipeline-without-tokenizer.js";
import removedDecodingMode from "./generation/removed-decoding-mode.js";
import removedTask from "./generation/removed-task.js";
import rightPadding from "./generation/right-padding.js";
import shadowedPipeline from "./generation/shadowed-pipeline.js";
import squeezedOutput from "./generation/squeezed-output.js";
import tooManyReturnSequences from "./generation/too-many-return-sequences.js";
import generationUnknownArgument from "./generation/unknown-argument.js";
import unsavableGenerationConfig from "./generation/unsavable-generation-config.js";
import wrongHead from "./generation/wrong-head.js";
import unusedIgnore from "./hf-preflight/unused-ignore.js";
import calledLlm from "./langchain/called-llm.js";
import discardedSequences from "./langchain/discarded-sequences.js";
import ignoredPipelineKwargs from "./langchain/ignored-pipeline-kwargs.js";
import ignoredStop from "./langchain/ignored-stop.js";
import promptInOutput from "./langchain/prompt-in-output.js";
import langchainRemovedImport from "./langchain/removed-import.js";
import checkpointingWithoutInputGrads from "./peft/checkpointing-without-input-grads.js";
import peftInvalidChoice from "./peft/invalid-choice.js";
import newTokensUntrained from "./peft/new-tokens-untrained.js";
import nonReentrantWithZero3 from "./peft/non-reentrant-with-zero3.js";
import prepareAfterWrapping from "./peft/prepare-after-wrapping.js";
import peftRemovedImport from "./peft/removed-import.js";
import peftUnknownArgument from "./peft/unknown-argument.js";
import unmatchedTargetModules from "./peft/unmatched-target-modules.js";
import wrappedTwice from "./peft/wrapped-twice.js";
import wrongTaskType from "./peft/wrong-task-type.js";
import constantRandint from "./python/constant-randint.js";
import ignoredEnvironmentVariable from "./python/ignored-environment-variable.js";
import lateEnvironmentVariable from "./python/late-environment-variable.js";
import bestMetricMissing from "./sentence-transformers/best-metric-missing.js";
import bestModelNotWritten from "./sentence-transformers/best-model-not-written.js";
import callbackArity from "./sentence-transformers/callback-arity.js";
import callbackWithoutEvaluator from "./sentence-transformers/callback-without-evaluator.js";
import crossEncoderLabels from "./sentence-transformers/cross-encoder-labels.js";
import defaultWarmup from "./sentence-transformers/default-warmup.js";
import droppedWandbStep from "./sentence-transformers/dropped-wandb-step.js";
import endlessNegativeSampling from "./sentence-transformers/endless-negative-sampling.js";
import sentenceTransformersEvaluationWithoutData from "./sentence-transformers/evaluation-without-data.js";
import evaluatorResultAsFloat from "./sentence-transformers/evaluator-result-as-float.js";
import evaluatorSignature from "./sentence-transformers/evaluator-signature.js";
import evaluatorWithoutPrimaryMetric from "./sentence-transformers/evaluator-without-primary-metric.js";
import extraColumns from "./sentence-transformers/extra-columns.js";
import frozenLossHead from "./sentence-transformers/frozen-loss-head.js";
import invalidSamplerBatch from "./sentence-transformers/invalid-sampler-batch.js";
import labelColumnName from "./sentence-transformers/label-column-name.js";
import labelledPairsInRankingLoss from "./sentence-transformers/labelled-pairs-in-ranking-loss.js";
import lossDictMismatch from "./sentence-transformers/loss-dict-mismatch.js";
import lossInputCount from "./sentence-transformers/loss-input-count.js";
import lossLabelKind from "./sentence-transformers/loss-label-kind.js";
import sentenceTransformersRemovedArgument from "./sentence-transformers/removed-argument.js";
import smallMegabatch from "./sentence-transformers/small-megabatch.js";
import unknownLoss from "./sentence-transformers/unknown-loss.js";
import unusedComputeMetrics from "./sentence-transformers/unused-compute-metrics.js";
import sentenceTransformersWrongArgumentsClass from "./sentence-transformers/wrong-arguments-class.js";
import bareSklearnMetric from "./simpletransformers/bare-sklearn-metric.js";
import bestMetricDirection from "./simpletransformers/best-metric-direction.js";
import earlyStoppingNeverFires from "./simpletransformers/early-stopping-never-fires.js";
import evaluationWithoutData from "./simpletransformers/evaluation-without-data.js";
import existingOutputDir from "./simpletransformers/existing-output-dir.js";
import ignoredOutputDir from "./simpletransformers/ignored-output-dir.js";
import ignoredSaveFlag from "./simpletransformers/ignored-save-flag.js";
import incompatibleTransformers from "./simpletransformers/incompatible-transformers.js";
import inexactStepCount from "./simpletransformers/inexact-step-count.js";
import invertedDelta from "./simpletransformers/inverted-delta.js";
import simpletransformersLabelCountConflict from "./simpletransformers/label-count-conflict.js";
import labelsColumn from "./simpletransformers/labels-column.js";
import lastModelEvaluated from "./simpletransformers/last-model-evaluated.js";
import sharedBestModelDir from "./simpletransformers/shared-best-model-dir.js";
import staleCache from "./simpletransformers/stale-cache.js";
import stepsDividedByNGpu from "./simpletransformers/steps-divided-by-n-gpu.js";
import stepsSkippedOnResume from "./simpletransformers/steps-skipped-on-resume.js";
import simpletransformersUnknownArgument from "./simpletransformers/unknown-argument.js";
import unknownMetric from "./simpletransformers/unknown-metric.js";
import unknownModelType from "./simpletransformers/unknown-model-type.js";
import unsupportedOption from "./simpletransformers/unsupported-option.js";
import wandbNotStarted from "./simpletransformers/wandb-not-started.js";
import simpletransformersWrongArgumentsClass from "./simpletransformers/wrong-arguments-class.js";
import wrongTrainKeyword from "./simpletransformers/wrong-train-keyword.js";
import allParametersFrozen from "./transformers/all-parameters-frozen.js";
import argumentOnWrongClass from "./transformers/argument-on-wrong-class.js";
import argumentsChangedAfterCreation from "./transformers/arguments-changed-after-creation.js";
import baseModelInTrainer from "./transformers/base-model-in-trainer.js";
import bestCheckpointSkipped from "./transformers/best-checkpoint-skipped.js";
import bothModelAndModelInit from "./transformers/both-model-and-model-init.js";
import computeLossSignature from "./transformers/compute-loss-signature.js";
import datasetAsCollator from "./transformers/dataset-as-collator.js";
import earlyStoppingWithoutEvaluation from "./transformers/early-stopping-without-evaluation.js";
import evaluationBeyondMaxSteps from "./transformers/evaluation-beyond-max-steps.js";
import evaluationEveryLoggingStep from "./transformers/evaluation-every-logging-step.js";
import evaluationWithoutDataset from "./transformers/evaluation-without-dataset.js";
import fp16AndBf16 from "./transformers/fp16-and-bf16.js";
import fp16WeightsWithFp16Training from "./transformers/fp16-weights-with-fp16-training.js";
import generationArgumentIgnored from "./transformers/generation-argument-ignored.js";
import greaterIsBetterUnset from "./transformers/greater-is-better-unset.js";
import groupByLengthOnIterable from "./transformers/group-by-length-on-iterable.js";
import transformersInvalidChoice from "./transformers/invalid-choice.js";
import invalidComputeMetrics from "./transformers/invalid-compute-metrics.js";
import invalidTrainingNumber from "./transformers/invalid-number.js";
import iterableWithoutMaxSteps from "./transformers/iterable-without-max-steps.js";
import labelCountConflict from "./transformers/label-count-conflict.js";
import labelSmoothingWithMultilabel from "./transformers/label-smoothing-with-multilabel.js";
import labelsDecodedWithIgnoreIndex from "./transformers/labels-decoded-with-ignore-index.js";
import maxStepsOverridesEpochs from "./transformers/max-steps-overrides-epochs.js";
import metricNotComputed from "./transformers/metric-not-computed.js";
import missingCollator from "./transformers/missing-collator.js";
import missingLabels from "./transformers/missing-labels.js";
import misspelledTokenizerAttribute from "./transformers/misspelled-tokenizer-attribute.js";
import mlmCollatorForCausalLm from "./transformers/mlm-collator-for-causal-lm.js";
import movedDispatchedModel from "./transformers/moved-dispatched-model.js";
import padTokenIsEos from "./transformers/pad-token-is-eos.js";
import paddingWithoutPadToken from "./transformers/padding-without-pad-token.js";
import plainArgumentsInSeq2seqTrainer from "./transformers/plain-arguments-in-seq2seq-trainer.js";
import transformersRemovedArgument from "./transformers/removed-argument.js";
import transformersRemovedImport from "./transformers/removed-import.js";
import transformersRemovedMethod from "./transformers/removed-method.js";
import reportToNone from "./transformers/report-to-none.js";
import resumeIgnored from "./transformers/resume-ignored.js";
import saveBestNotLoaded from "./transformers/save-best-not-loaded.js";
import saveBestWithoutEvaluation from "./transformers/save-best-without-evaluation.js";
import saveBestWithoutMetric from "./transformers/save-best-without-metric.js";
import singleLabelIsRegression from "./transformers/single-label-is-regression.js";
import stepsIgnored from "./transformers/steps-ignored.js";
import strategyMismatch from "./transformers/strategy-mismatch.js";
import trainWithoutDataset from "./transformers/train-without-dataset.js";
import transformersUnknownArgument from "./transformers/unknown-argument.js";
import optimizerNeedsPackage from "./transformers/optimizer-needs-package.js";
import unsupportedPrecision from "./transformers/unsupported-precision.js";
import workersOptionWithoutWorkers from "./transformers/workers-option-without-workers.js";
import wrongArgumentType from "./transformers/wrong-argument-type.js";
import wrongCollator from "./transformers/wrong-collator.js";
import conflictingOptions from "./trl/conflicting-options.js";
import datasetColumns from "./trl/dataset-columns.js";
import decimalSaveSteps from "./trl/decimal-save-steps.js";
import deepspeedKnownDefect from "./trl/deepspeed-known-defect.js";
import dictAsPeftConfig from "./trl/dict-as-peft-config.js";
import formattingFuncReturnsList from "./trl/formatting-func-returns-list.js";
import grpoBatchNotDivisible from "./trl/grpo-batch-not-divisible.js";
import ignoredModelInitKwargs from "./trl/ignored-model-init-kwargs.js";
import trlInvalidChoice from "./trl/invalid-choice.js";
import invalidNumber from "./trl/invalid-number.js";
import lengthOverContext from "./trl/length-over-context.js";
import missingTextSource from "./trl/missing-text-source.js";
import movedToConfig from "./trl/moved-to-config.js";
import oldPpoApi from "./trl/old-ppo-api.js";
import packingLosesMask from "./trl/packing-loses-mask.js";
import packingWithoutFlashAttention from "./trl/packing-without-flash-attention.js";
import peftModelAndPeftConfig from "./trl/peft-model-and-peft-config.js";
import referenceModelConflict from "./trl/reference-model-conflict.js";
import trlRemovedArgument from "./trl/removed-argument.js";
import trlRemovedImport from "./trl/removed-import.js";
import shortRowsDropped from "./trl/short-rows-dropped.js";
import trlUnknownArgument from "./trl/unknown-argument.js";
import unresolvedRatioSteps from "./trl/unresolved-ratio-steps.js";
import wrongArgumentsClass from "./trl/wrong-arguments-class.js";
import droppedStep from "./wandb/dropped-step.js";
import ignoredRunName from "./wandb/ignored-run-name.js";
import logOutsideRun from "./wandb/log-outside-run.js";
import mergedRuns from "./wandb/merged-runs.js";
import missingReportTo from "./wandb/missing-report-to.js";
import stepWithTrainer from "./wandb/step-with-trainer.js";

export const rules: readonly Rule[] = [
  strategyMismatch, bestCheckpointSkipped, evaluationWithoutDataset, metricNotComputed, invalidComputeMetrics, iterableWithoutMaxSteps,
  computeLossSignature, fp16AndBf16, workersOptionWithoutWorkers, misspelledTokenizerAttribute, reportToNone, mlmCollatorForCausalLm, wrongCollator,
  baseModelInTrainer, plainArgumentsInSeq2seqTrainer, labelCountConflict, saveBestWithoutMetric, invalidTrainingNumber, forceWordsWithoutBeams,
  decimalSaveSteps, stepsDividedByNGpu, removedDecodingMode, tooManyReturnSequences, invalidValue, droppedAttentionMask, encodingNotUnpacked,
  encodingWithoutTensors, generationConfigAsModelConfig, parameterOnModelConfig, dictAsGenerationConfig, unsavableGenerationConfig, removedTask,
  shadowedPipeline, pipelineClassWithString, transformersRemovedArgument, transformersUnknownArgument, transformersInvalidChoice, argumentOnWrongClass,
  transformersRemovedImport, transformersRemovedMethod, movedToConfig, trlRemovedArgument, trlUnknownArgument, trlRemovedImport, peftRemovedImport,
  peftUnknownArgument, datasetsRemovedImport, sentenceTransformersRemovedArgument, accelerateRemovedArgument, langchainRemovedImport,
  peftModelAndPeftConfig, referenceModelConflict, unmatchedTargetModules, unlabelledTestSplit, dictAsDataset, unknownLoss, endlessNegativeSampling,
  droppedWandbStep, bestModelNotWritten, bestMetricDirection, evaluationWithoutData, unknownMetric, unknownModelType, inexactStepCount, discardedSequences,
  calledLlm, lateEnvironmentVariable, constantRandint, simpletransformersUnknownArgument, generationUnknownArgument, peftInvalidChoice,
  wrongArgumentsClass, oldPpoApi, formattingFuncReturnsList, conflictingOptions, grpoBatchNotDivisible, earlyStoppingNeverFires, sharedBestModelDir,
  existingOutputDir, simpletransformersWrongArgumentsClass, invertedDelta, wandbNotStarted, lastModelEvaluated, ignoredSaveFlag, bareSklearnMetric,
  wrongTrainKeyword, stepsIgnored, evaluationEveryLoggingStep, maxStepsOverridesEpochs, saveBestWithoutEvaluation, saveBestNotLoaded, resumeIgnored,
  earlyStoppingWithoutEvaluation, greaterIsBetterUnset, trainWithoutDataset, wrongArgumentType, bothModelAndModelInit, generationArgumentIgnored,
  defaultWarmup, callbackArity, callbackWithoutEvaluator, sentenceTransformersWrongArgumentsClass, unusedComputeMetrics,
  sentenceTransformersEvaluationWithoutData, evaluatorSignature, evaluatorWithoutPrimaryMetric, evaluatorResultAsFloat, ignoredFlag, rightPadding,
  bothLengths, squeezedOutput, decodeOfBatch, incompatibleOptions, pipelineWithoutTokenizer, pipelineDeviceConflict, padTokenIsEos, paddingWithoutPadToken,
  labelsDecodedWithIgnoreIndex, fp16WeightsWithFp16Training, movedDispatchedModel, evaluationBeyondMaxSteps, missingLabels, missingCollator,
  lossInputCount, labelledPairsInRankingLoss, frozenLossHead, invalidSamplerBatch, prepareAfterWrapping, wrappedTwice, wrongTaskType,
  checkpointingWithoutInputGrads, newTokensUntrained, quantizedWithoutAdapter, conflictingQuantization, movedQuantizedModel, missingReportTo, droppedStep,
  logOutsideRun, ignoredRunName, ignoredEnvironmentVariable, ignoredPipelineKwargs, ignoredStop, datasetAsCollator, groupByLengthOnIterable, singleLabelIsRegression,
  forceWordsWithSampling, pipelineBatchWithoutPadToken, plainBackward, accumulationWithoutAccumulate, lossDividedTwice, clippingScaledGradients,
  wrappedModelSaved, unpreparedObject, ignoredOutputDir, unsupportedOption, smallMegabatch, dictAsPeftConfig, ignoredModelInitKwargs, invalidNumber,
  trlInvalidChoice, datasetColumns, missingTextSource, unresolvedRatioSteps, shortRowsDropped, lengthOverContext, deepspeedKnownDefect,
  packingLosesMask, packingWithoutFlashAttention, deviceMapInDistributed, bestMetricMissing,
  promptInOutput, stepWithTrainer, mergedRuns,
  missingDeepspeedConfig, deepspeedMismatch, deepspeedConflict, modelBeforeDeepspeedArguments, twoModelsWithDeepspeed,
  unshardableStorage, nonReentrantWithZero3, lossLabelKind, labelColumnName, extraColumns, lossDictMismatch, crossEncoderLabels,
  labelsColumn, simpletransformersLabelCountConflict, stepsSkippedOnResume, staleCache, incompatibleTransformers, labelSmoothingWithMultilabel, allParametersFrozen, wrongHead, argumentsChangedAfterCreation, optimizerNeedsPackage, unsupportedPrecision, unusedIgnore,
];
