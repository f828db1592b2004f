/**
 * Every setting there is, once. The keys of the configuration file, the editor's `hfPreflight.*` settings in package.json and
 * docs/settings.md all come from this schema (`npm run docs`).
 *
 * zod takes a few milliseconds to load, so nothing on the terminal's way to a clean answer imports this module before it has
 * found a configuration file. Its small variant, because the terminal's cold start feels every kilobyte of its bundle.
 */
import * as z from "zod/mini";
import type { Configuration } from "./configuration.js";

/** What package.json and the documentation need to know of a setting, beside its type and default. */
export interface SettingMeta {
  /** One paragraph of Markdown. */
  readonly markdownDescription: string;
  /** VS Code's scope: may a folder, a window or only a machine have its own value. */
  readonly scope: "resource" | "window" | "machine-overridable";
  /** In the configuration file too, or only in the editor. */
  readonly place: "everywhere" | "editor";
  /** What each value of an enum means, in its order. */
  readonly markdownEnumDescriptions?: readonly string[];
  /** A value to show in the documentation, in TOML. */
  readonly example?: string;
}

const selector = z.string({ error: "must hold rule ids, libraries or \"ALL\", each in quotes" });
const selectors = z.array(selector, { error: 'must be a list of rule ids, libraries or "ALL", such as ["trl"]' });
const severity = z.enum(["error", "warning", "information", "hint"], { error: 'must be "error", "warning", "information" or "hint"' });
const pattern = z.string({ error: "must hold file patterns, each in quotes" });
const version = z.string({ error: 'must be a version or a range in quotes, such as "4.46.3" or ">=4.46,<5"' });

const metas = z.registry<SettingMeta>();

/** A setting: the values it takes, the one it has when nothing is said, and what is to be said about it. */
function setting<Schema extends z.ZodMiniType>(schema: Schema, fallback: z.output<Schema>, meta: SettingMeta): z.ZodMiniDefault<Schema> {
  const withDefault = z._default(schema, fallback as never);
  metas.add(withDefault, meta);
  return withDefault;
}

/** The settings in the order in which the documentation and the settings editor show them. */
export const settingsSchema = z.object({
  enable: setting(z.boolean({ error: "must be true or false" }), true, {
    markdownDescription: "Check Python files while you edit them.",
    scope: "resource",
    place: "editor",
  }),
  run: setting(z.enum(["onType", "onSave"], { error: 'must be "onType" or "onSave"' }), "onType", {
    markdownDescription: "When a file is checked.",
    scope: "window",
    place: "editor",
    markdownEnumDescriptions: ["While you type.", "When the file is opened and when it is saved."],
  }),
  select: setting(z.nullable(selectors), null, {
    markdownDescription:
      'The rules to use: rule ids (`"trl/decimal-save-steps"`), libraries (`"trl"`) or `"ALL"`. Without it, every rule that is on by default.',
    scope: "resource",
    place: "everywhere",
    example: 'select = ["transformers", "trl/decimal-save-steps"]',
  }),
  ignore: setting(selectors, [], {
    markdownDescription:
      'Rules to leave out: rule ids, libraries or `"ALL"`. The closer name wins: a rule selected by its id stays although its library is ignored.',
    scope: "resource",
    place: "everywhere",
    example: 'ignore = ["trl/decimal-save-steps"]',
  }),
  severity: setting(
    z.record(z.string(), severity, { error: 'must be a table from rules to severities, such as { "trl" = "warning" }' }),
    {},
    {
      markdownDescription:
        'The severity to report a rule with: rule id, library or `"ALL"` to `"error"`, `"warning"`, `"information"` or `"hint"`. The terminal\'s exit code is 1 for errors and warnings only.',
      scope: "resource",
      place: "everywhere",
      example: 'severity = { "trl/decimal-save-steps" = "error" }',
    },
  ),
  perFileIgnores: setting(
    z.record(z.string(), selectors, { error: 'must be a table from file patterns to lists of rules, such as { "tests/**" = ["ALL"] }' }),
    {},
    {
      markdownDescription:
        'Rules to leave out in some files: a file pattern to rule ids, libraries or `"ALL"`. Patterns are relative to the folder of the configuration file, or to the workspace folder; one without a slash matches at any depth.',
      scope: "resource",
      place: "everywhere",
      example: 'per-file-ignores = { "tests/**" = ["ALL"] }',
    },
  ),
  exclude: setting(z.array(pattern, { error: 'must be a list of file patterns, such as ["build"]' }), [], {
    markdownDescription: "Files and folders that are not checked. Patterns as in `per-file-ignores`.",
    scope: "resource",
    place: "everywhere",
    example: 'exclude = ["third_party", "notebooks/*.py"]',
  }),
  versions: setting(
    z.record(z.string(), version, { error: 'must be a table from libraries to versions, such as { transformers = ">=4.46,<5" }' }),
    {},
    {
      markdownDescription:
        "The versions that the scripts will meet, as [PEP 440](https://peps.python.org/pep-0440/) ranges by library; a bare version means exactly that one, and `none` that the library isn't installed. What is said here counts instead of what would be found out about that library.",
      scope: "resource",
      place: "everywhere",
      example: 'versions = { transformers = ">=4.46,<5", trl = "0.12.2" }',
    },
  ),
  sftDecimalSaveSteps: setting(z.enum(["always", "auto", "off"], { error: 'must be "always", "auto" or "off"' }), "always", {
    markdownDescription: "What `trl/decimal-save-steps` says where a fraction for `save_steps` works in your versions.",
    scope: "resource",
    place: "everywhere",
    markdownEnumDescriptions: [
      "Always says a word: a hint where fractions work, a warning or an error where they don't.",
      "Nothing where they work in your versions; a warning where the versions aren't known.",
      "Only what certainly fails in your versions.",
    ],
    example: 'sft-decimal-save-steps = "auto"',
  }),
  configurationPreference: setting(
    z.enum(["editorFirst", "filesystemFirst", "editorOnly"], { error: 'must be "editorFirst", "filesystemFirst" or "editorOnly"' }),
    "editorFirst",
    {
      markdownDescription:
        "Which counts where both the editor's settings and a configuration file (`hf-preflight.toml`, `[tool.hf-preflight]` in `pyproject.toml`) say something.",
      scope: "resource",
      place: "editor",
      markdownEnumDescriptions: [
        "The editor's settings. A setting left at its default says nothing, so the file still counts there.",
        "The configuration file.",
        "The editor's settings; configuration files are not read.",
      ],
    },
  ),
  "hover.arguments": setting(z.boolean({ error: "must be true or false" }), true, {
    markdownDescription: "A hover on an argument of a library call says what it is in your version: type, default, values, since when, until when.",
    scope: "resource",
    place: "editor",
  }),
  "completion.arguments": setting(z.boolean({ error: "must be true or false" }), true, {
    markdownDescription: "Suggest the arguments of library calls that your version takes, and their values.",
    scope: "resource",
    place: "editor",
  }),
  "inlayHints.batchSize": setting(z.boolean({ error: "must be true or false" }), true, {
    markdownDescription: "Show behind `gradient_accumulation_steps` how many examples the optimizer sees per GPU and step.",
    scope: "resource",
    place: "editor",
  }),
  "inlayHints.ratios": setting(z.boolean({ error: "must be true or false" }), true, {
    markdownDescription: "Show how many steps a ratio such as `eval_steps=0.1` comes to, where `max_steps` is known.",
    scope: "resource",
    place: "editor",
  }),
  "inlayHints.evaluations": setting(z.boolean({ error: "must be true or false" }), true, {
    markdownDescription: "Show behind `eval_strategy`, and behind the step interval of a simpletransformers model, how many evaluations a training runs, where that is known.",
    scope: "resource",
    place: "editor",
  }),
  codeLens: setting(z.boolean({ error: "must be true or false" }), true, {
    markdownDescription: "Show Run and Smoke Run above the line that starts the training.",
    scope: "window",
    place: "editor",
  }),
  "gpu.statusBar": setting(z.enum(["whileRunning", "always", "never"], { error: 'must be "whileRunning", "always" or "never"' }), "whileRunning", {
    markdownDescription: "When the GPU memory is shown in the status bar.",
    scope: "window",
    place: "editor",
    markdownEnumDescriptions: ["While a script runs.", "Always: nvidia-smi is asked every two seconds.", "Never."],
  }),
  "gpu.nvidiaSmiPath": setting(z.string({ error: "must be a path in quotes" }), "", {
    markdownDescription: "Where `nvidia-smi` is, if it is not on the `PATH`.",
    scope: "machine-overridable",
    place: "editor",
  }),
  "gpu.demonstration": setting(z.string({ error: "must be a path in quotes" }), "", {
    markdownDescription:
      "A script that stands in for `nvidia-smi` where there is none, relative to the workspace folder. Its figures are made up and labelled as a demonstration. For the examples only.",
    scope: "window",
    place: "editor",
  }),
  interpreter: setting(z.string({ error: "must be a path in quotes" }), "", {
    markdownDescription:
      "The Python interpreter that the scripts run with: the path of the executable or of the environment's folder; `${workspaceFolder}`, `${env:NAME}` and `~` are understood. Its packages tell which versions to check for; they are read, nothing is run. Without it, what the Python extensions have selected, else `.venv` or `venv` in the project, `VIRTUAL_ENV`, `CONDA_PREFIX`, the `python` on `PATH`.",
    scope: "machine-overridable",
    place: "editor",
  }),
  "trace.server": setting(z.enum(["off", "messages", "verbose"], { error: 'must be "off", "messages" or "verbose"' }), "off", {
    markdownDescription: "Writes what the editor and the language server say to each other to the output channel.",
    scope: "window",
    place: "editor",
    markdownEnumDescriptions: ["Nothing.", "Which messages were sent.", "Messages with all that they hold."],
  }),
});

export type SettingName = keyof typeof settingsSchema.shape;

/** Every setting's name, as in the editor without the `hfPreflight.` prefix. */
export const settingNames = Object.keys(settingsSchema.shape) as SettingName[];

export function settingMeta(name: SettingName): SettingMeta {
  const meta = metas.get(settingsSchema.shape[name]);
  if (!meta) throw new Error(`The setting ${name} has no description.`);
  return meta;
}

/** The settings that a configuration file may hold: those that make up a Configuration. */
export const fileSettings = [
  "select",
  "ignore",
  "severity",
  "perFileIgnores",
  "exclude",
  "versions",
  "sftDecimalSaveSteps",
] as const satisfies readonly (SettingName & keyof Configuration)[];

export type FileSetting = (typeof fileSettings)[number];

/** `perFileIgnores` -> `per-file-ignores`. */
export function fileKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
