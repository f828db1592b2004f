/** Reads the editor's `hfPreflight.*` settings, which may hold anything at all. */
import * as z from "zod/mini";
import { settingNames, settingsSchema, fileSettings, type SettingName } from "./settings.js";
import type { ConfigurationLayer, ConfigurationPreference } from "./layers.js";

/** The inlay hints that are switched on. */
export type InlayHintName = "batchSize" | "ratios" | "evaluations";

export interface EditorSettings {
  readonly enable: boolean;
  readonly run: "onType" | "onSave";
  readonly trace: "off" | "messages" | "verbose";
  readonly configurationPreference: ConfigurationPreference;
  /** A path as written, or empty. */
  readonly interpreter: string;
  /** Whether a hover says what an argument is. */
  readonly hover: boolean;
  readonly completion: boolean;
  /** Run and Smoke Run above the training. */
  readonly codeLens: boolean;
  readonly inlayHints: ReadonlySet<InlayHintName>;
  /**
   * What the settings say about checking. A setting at its default says nothing, because an editor sends defaults as if they had been
   * written. File patterns are as written: anchor them to the workspace folder (`anchoredLayer`).
   */
  readonly configuration: ConfigurationLayer;
}

const inlayHintNames: readonly InlayHintName[] = ["batchSize", "ratios", "evaluations"];

export interface ParsedEditorSettings {
  readonly settings: EditorSettings;
  /** One sentence per setting that can't be used; its default counts instead. */
  readonly problems: readonly string[];
}

/** @param sent the section `hfPreflight` as the editor sends it: nested (`trace: {server}`) or flat (`"trace.server"`). */
export function parseEditorSettings(sent: unknown): ParsedEditorSettings {
  const problems: string[] = [];
  const section = z.catch(z.record(z.string(), z.unknown()), {}).parse(sent ?? {});
  const read = <Name extends SettingName>(name: Name): z.output<(typeof settingsSchema.shape)[Name]> => {
    const schema: z.ZodMiniType = settingsSchema.shape[name];
    const value = section[name] ?? nested(section, name);
    // An editor sends null for a setting that isn't there.
    const result = schema.safeParse(value ?? undefined);
    if (!result.success) problems.push(`The setting hfPreflight.${name} ${result.error.issues[0]?.message ?? "is not valid"}. Its default is used.`);
    return (result.success ? result.data : schema.parse(undefined)) as z.output<(typeof settingsSchema.shape)[Name]>;
  };
  const values = Object.fromEntries(settingNames.map((name) => [name, read(name)])) as z.output<typeof settingsSchema>;
  const given = fileSettings.filter((name) => JSON.stringify(values[name]) !== JSON.stringify(settingsSchema.shape[name].parse(undefined)));
  const settings: EditorSettings = {
    enable: values.enable,
    run: values.run,
    trace: values["trace.server"],
    configurationPreference: values.configurationPreference,
    interpreter: values.interpreter,
    hover: values["hover.arguments"],
    completion: values["completion.arguments"],
    codeLens: values.codeLens,
    inlayHints: new Set(inlayHintNames.filter((name) => values[`inlayHints.${name}`])),
    configuration: Object.fromEntries(given.map((name) => [name, values[name]])),
  };
  return { settings, problems };
}

function nested(section: Readonly<Record<string, unknown>>, name: string): unknown {
  return name.split(".").reduce<unknown>((value, part) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined), section);
}
