/** The settings that package.json contributes, from the schema in server/src/config/settings.ts. */
import * as z from "zod";
import { settingMeta, settingNames, settingsSchema, type SettingName } from "../../server/src/config/settings.js";

export interface ContributedSetting {
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly order: number;
  readonly scope: string;
  readonly markdownDescription: string;
  readonly [key: string]: unknown;
}

/** The value of `contributes.configuration`. */
export function contributedConfiguration(): { readonly title: string; readonly properties: Readonly<Record<string, ContributedSetting>> } {
  const properties = Object.fromEntries(settingNames.map((name, index) => [`hfPreflight.${name}`, contributed(name, index + 1)]));
  return { title: "HF Preflight", properties };
}

function contributed(name: SettingName, order: number): ContributedSetting {
  const { markdownDescription, markdownEnumDescriptions, scope } = settingMeta(name);
  const { default: fallback, ...type } = jsonSchema(name);
  return {
    ...(type as { type: string }),
    ...(markdownEnumDescriptions && { markdownEnumDescriptions }),
    default: fallback,
    order,
    scope,
    markdownDescription,
  };
}

/** Type, allowed values and default, in the few words of JSON Schema that a settings editor draws controls for. */
export function jsonSchema(name: SettingName): Record<string, unknown> {
  const schema = z.toJSONSchema(settingsSchema.shape[name], { target: "draft-7", io: "input" }) as Record<string, unknown>;
  return simplified(schema);
}

const kept = ["type", "enum", "items", "additionalProperties", "default"];

function simplified(schema: Record<string, unknown>): Record<string, unknown> {
  const alternatives = schema["anyOf"] as Record<string, unknown>[] | undefined;
  // `T or null` is a T whose type may be null as well.
  const own = alternatives ? { ...alternatives.find(({ type }) => type !== "null"), default: schema["default"] } : schema;
  const entries = kept.filter((key) => own[key] !== undefined).map((key) => [key, isSchema(own[key]) && key !== "default" ? simplified(own[key]) : own[key]] as const);
  const result: Record<string, unknown> = Object.fromEntries(entries);
  if (alternatives) result["type"] = [result["type"], "null"];
  return result;
}

function isSchema(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
