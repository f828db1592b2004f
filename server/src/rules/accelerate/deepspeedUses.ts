/** Where a script hands over a DeepSpeed configuration: `deepspeed=` of TrainingArguments and its kinds, DeepSpeedPlugin, HfDeepSpeedConfig. */
import type { ReadFile, ScriptFile, ScriptFiles } from "../../analysis/scriptFile.js";
import { isKindOf } from "../../knowledge/classes.js";
import type { Argument, Call } from "../../script/calls.js";
import type { ScriptObject } from "../../script/objects.js";
import type { Script } from "../../script/script.js";
import { stringOf } from "../../script/values.js";
import type { JsonProblem } from "../../syntax/json.js";
import { configurationIn, configurationOf, zeroStage, type DeepspeedConfiguration } from "./deepspeedConfiguration.js";

export interface DeepspeedUse {
  readonly call: Call;
  readonly taker: "arguments" | "plugin" | "config";
  readonly argument: Argument;
}

const TAKERS = [
  { name: "transformers.TrainingArguments", taker: "arguments", parameter: "deepspeed", position: -1 },
  { name: "accelerate.DeepSpeedPlugin", taker: "plugin", parameter: "hf_ds_config", position: 0 },
  { name: "transformers.HfDeepSpeedConfig", taker: "config", parameter: "config_file_or_dict", position: 0 },
  { name: "accelerate.HfDeepSpeedConfig", taker: "config", parameter: "config_file_or_dict", position: 0 },
] as const;

const known = new WeakMap<Script, readonly DeepspeedUse[]>();

/** In source order. */
export function deepspeedUses(script: Script): readonly DeepspeedUse[] {
  let uses = known.get(script);
  if (!uses) {
    uses = script.text.includes("deepspeed") || script.text.includes("DeepSpeed") ? findUses(script) : [];
    known.set(script, uses);
  }
  return uses;
}

function findUses(script: Script): DeepspeedUse[] {
  return TAKERS.flatMap(({ name, taker, parameter, position }) =>
    script.callsTo(name).flatMap((call): DeepspeedUse[] => {
      const argument = call.argument(parameter, position);
      return argument ? [{ call, taker, argument }] : [];
    }),
  ).sort((a, b) => a.call.node - b.call.node);
}

/** The path that a configuration is read from; undefined for a dict, for JSON as text, and for what is not known. */
export function pathGiven({ argument }: DeepspeedUse): string | undefined {
  const text = stringOf(argument.value);
  // Without a dot or a slash it is base64, which is accepted too.
  return text !== undefined && /[./\\]/.test(text) && !/^\s*\{/.test(text) && text.length < 500 && !/[\0\r\n]/.test(text) ? text : undefined;
}

export type GivenConfiguration =
  | { readonly kind: "read"; readonly configuration: DeepspeedConfiguration }
  | { readonly kind: "missing"; readonly path: string; readonly file: Extract<ScriptFile, { state: "missing" }> }
  | { readonly kind: "broken"; readonly path: string; readonly file: ReadFile; readonly problem: JsonProblem };

/** What a use hands over, as far as it is known. */
export function configurationGiven(use: DeepspeedUse, { script, files }: { readonly script: Script; readonly files: ScriptFiles }): GivenConfiguration | undefined {
  const { value } = use.argument;
  if (value.kind === "record") return { kind: "read", configuration: configurationOf(value, script) };
  const path = pathGiven(use);
  const file = path === undefined ? undefined : files.get(path);
  if (path === undefined || !file || file.state === "unreadable") return undefined;
  if (file.state === "missing") return { kind: "missing", path, file };
  const configuration = configurationIn(file.file);
  return "problem" in configuration ? { kind: "broken", path, file: file.file, problem: configuration.problem } : { kind: "read", configuration };
}

export interface ReadUse extends DeepspeedUse {
  readonly configuration: DeepspeedConfiguration;
}

/** The uses whose configuration is at hand. */
export function configurationsOf(context: { readonly script: Script; readonly files: ScriptFiles }): ReadUse[] {
  return deepspeedUses(context.script).flatMap((use) => {
    const given = configurationGiven(use, context);
    return given?.kind === "read" ? [{ ...use, configuration: given.configuration }] : [];
  });
}

/** The configuration that TrainingArguments were built with, where it is at hand. */
export function useIn(uses: readonly ReadUse[], args: ScriptObject): ReadUse | undefined {
  const { call } = args;
  return call && isKindOf(call.name ?? "", "transformers.TrainingArguments") ? uses.find((use) => use.call === call) : undefined;
}

/** Whether a configuration is certainly ZeRO stage 3, which shards the parameters. */
export function isZero3({ configuration }: ReadUse): boolean {
  return zeroStage(configuration)?.value === 3;
}
