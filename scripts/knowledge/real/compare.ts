/** Holds the data, as their reader gives them, against what `inspect` said of really installed libraries. */
import { Versions } from "../../../server/src/environment/versions.js";
import type { Callable } from "../../../server/src/knowledge/callable.js";
import type { Knowledge } from "../../../server/src/knowledge/knowledge.js";
import type { Recording } from "./recording.js";

interface Shape {
  readonly positional: readonly string[];
  readonly keywordOnly: readonly string[];
  readonly takesPositionals: boolean;
  readonly takesKeywords: boolean;
  readonly isPartial: boolean;
}

/** Their dataclass is decorated with `@strict(accept_kwargs=True)`, and `inspect` looks through the wrapper that takes the other keywords. */
const TAKE_MORE_THAN_THEY_SHOW: ReadonlySet<string> = new Set(["transformers.PretrainedConfig"]);

/** One line for each difference that nothing explains. */
export function differencesFromReal(knowledge: Knowledge, { versions: installed, callables, modules }: Recording): string[] {
  const versions = Versions.from(Object.fromEntries(Object.entries(installed).map(([name, version]) => [name, `==${version}`])), "installed");
  const lines: string[] = [];
  for (const [name, text] of Object.entries(callables)) {
    const callable = knowledge.callable(name);
    const ours = callable && shapeOf(knowledge, callable, versions);
    if (!callable || !ours) lines.push(`${name}: not in the data`);
    else if (!ours.isPartial) lines.push(...callableDifferences(name, callable, ours, text, versions));
  }
  for (const [module, { extra, absent }] of Object.entries(modules)) {
    for (const name of extra.filter((other) => !isExplained(module, other))) lines.push(`from ${module} import ${name}: works, and isn't in the data`);
    for (const name of absent.filter((other) => !isExplained(module, other))) lines.push(`from ${module} import ${name}: is in the data, and fails`);
  }
  return lines;
}

/** Names of modules that are there, or not, for a reason that is no difference. */
const EXPLAINED: readonly { readonly module: RegExp; readonly name: RegExp; readonly why: string }[] = [
  { module: /^accelerate(?:\.utils)?$/, name: /DeepSpeed|deepspeed|Dummy|Megatron|megatron|gather_across_data_parallel_groups|^rich$/, why: "only with deepspeed, Megatron-LM or rich installed" },
  {
    module: /./,
    name: /^(?:smp\w*|SMP_VERSION|xm|xr|xs|xbn|met|XLA_VERSION|torch_(?:mlu|musa|npu|sdaa)|comet_ml|MergeConfiguration|MergeOptions|run_merge|DeepSpeedSchedulerWrapper|NotebookProgressCallback)$/,
    why: "bound only where SageMaker, XLA, another accelerator, comet, mergekit, deepspeed or a notebook is there",
  },
  { module: /^datasets$/, name: /^(?:deprecation_utils|filelock|resources)$/, why: "modules of a starred package, there once something imports them" },
  { module: /^transformers$/, name: /^image_processing_\w+_fast$/, why: "former module names, given by a loop over all models" },
  { module: /^transformers$/, name: /^(?:DummyObject|requires_backends|PilBackend|\w+TokenizerFast)$/, why: "made up or left out by what is installed" },
  { module: /^transformers\.\w+$/, name: /^(?:tf$|(?:TF|Flax)[A-Z]\w+$)/, why: "only with TensorFlow or Flax installed" },
];

function isExplained(module: string, name: string): boolean {
  return EXPLAINED.some((row) => row.module.test(module) && row.name.test(name));
}

function callableDifferences(name: string, callable: Callable, ours: Shape, text: string, versions: Versions): string[] {
  const lines: string[] = [];
  // A decorator without `functools.wraps`: what is behind it isn't told.
  if (/^\*args\n\*\*kwargs$/.test(text)) return lines;
  const real = parse(text);
  const isTranslated = (parameter: string): boolean => callable.parameter(parameter, versions)?.replacement !== undefined;
  if (ours.positional.join(" ") !== real.positional.join(" ")) lines.push(`${name}: positional ${ours.positional.join(" ")} | really ${real.positional.join(" ")}`);
  // What a decorator translates, and what is read from `**kwargs` that take nothing else, is not in the real signature.
  const isClosed = real.takesKeywords && !ours.takesKeywords;
  const extra = ours.keywordOnly.filter((parameter) => !real.keywordOnly.includes(parameter) && !isClosed && !isTranslated(parameter));
  const lacking = real.keywordOnly.filter((parameter) => !ours.keywordOnly.includes(parameter));
  if (extra.length > 0) lines.push(`${name}: keyword-only ${extra.join(" ")}, really not there`);
  if (lacking.length > 0) lines.push(`${name}: lacks the keyword-only ${lacking.join(" ")}`);
  if (ours.takesPositionals !== real.takesPositionals) lines.push(`${name}: ${real.takesPositionals ? "lacks *args" : "has *args, really not there"}`);
  if (ours.takesKeywords && !real.takesKeywords && !TAKE_MORE_THAN_THEY_SHOW.has(name)) lines.push(`${name}: has **kwargs, really not there`);
  for (const [parameter, value] of real.defaults) {
    const mine = callable.parameter(parameter, versions)?.default;
    if (!sameDefault(mine, value)) lines.push(`${name}(${parameter}): default ${mine ?? "none"}, really ${value ?? "none"}`);
  }
  return lines;
}

function shapeOf(knowledge: Knowledge, callable: Callable, versions: Versions): Shape | undefined {
  const own = callable.signature(versions);
  if (!own) return undefined;
  const base = own.inherits === undefined ? undefined : knowledge.callable(own.inherits);
  const inherited = base && shapeOf(knowledge, base, versions);
  if (own.inherits !== undefined && !inherited) return { ...own, isPartial: true };
  return {
    positional: [...new Set([...(inherited?.positional ?? []), ...own.positional])],
    keywordOnly: [...new Set([...(inherited?.keywordOnly ?? []), ...own.keywordOnly])],
    takesPositionals: own.takesPositionals || (inherited?.takesPositionals ?? false),
    takesKeywords: own.takesKeywords || (inherited?.takesKeywords ?? false),
    isPartial: own.isPartial || (inherited?.isPartial ?? false),
  };
}

interface Parsed extends Omit<Shape, "isPartial"> {
  readonly defaults: ReadonlyMap<string, string | undefined>;
}

function parse(text: string): Parsed {
  const positional: string[] = [];
  const keywordOnly: string[] = [];
  const defaults = new Map<string, string | undefined>();
  let [takesPositionals, takesKeywords, target] = [false, false, positional];
  for (const line of text.split("\n")) {
    const equals = line.indexOf("=");
    const name = equals < 0 ? line : line.slice(0, equals);
    if (name === "") continue;
    if (name.startsWith("**")) takesKeywords = true;
    else if (name.startsWith("*")) {
      takesPositionals = name.length > 1;
      target = keywordOnly;
    } else {
      target.push(name);
      defaults.set(name, equals < 0 ? undefined : line.slice(equals + 1));
    }
  }
  return { positional, keywordOnly, takesPositionals, takesKeywords, defaults };
}

/** `...` on either side: it can't be told there. */
function sameDefault(mine: string | undefined, real: string | undefined): boolean {
  if (mine === "..." || real === "...") return mine !== undefined && real !== undefined;
  if (mine === undefined || real === undefined) return mine === real;
  // A constant of another library, by its name.
  if (/^[A-Za-z_]\w*(?:\.\w+)+$/.test(mine)) return true;
  return plain(mine) === plain(real);
}

/** Without spaces, one kind of quotes, numbers as JavaScript writes them, `1/6` worked out. */
function plain(text: string): string {
  const compact = text.replace(/\s+/g, "").replaceAll("'", '"').replace(/,([)\]])/g, "$1");
  const [above, below, ...rest] = compact.split("/").map(Number);
  if (above !== undefined && below !== undefined && rest.length === 0 && !Number.isNaN(above / below)) return String(above / below);
  return compact.replace(/(?<![\w"])[\d_]*\.?\d[\d_]*(?:e[-+]?\d+)?(?![\w"])/gi, (number) => String(Number(number.replaceAll("_", ""))));
}
