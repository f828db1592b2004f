/** What one release says of a callable, before the releases are put together. */

export interface ParameterFacts {
  readonly name: string;
  readonly kind: "positional-only" | "positional" | "keyword";
  /** Python source; `...` where it can't be told; undefined: required. */
  readonly default?: string | undefined;
  readonly type?: string | undefined;
  /** A named list of the release's `choices`. */
  readonly choices?: string | undefined;
  readonly deprecated?: string | undefined;
  readonly replacement?: string | undefined;
}

export interface CallableFacts {
  readonly kind: "class" | "function" | "method";
  readonly parameters: readonly ParameterFacts[];
  /** The name of `*args`. */
  readonly positionals?: string | undefined;
  /** The name of `**kwargs`. */
  readonly keywords?: string | undefined;
  /** Names that are read out of `**kwargs`. */
  readonly read: readonly ParameterFacts[];
  /** Canonical name of a base in another library. */
  readonly inherits?: string | undefined;
  /** The sources don't tell all of it. */
  readonly isPartial: boolean;
  /** Lists of values that its annotations name, by the list's name. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

/** As `callableData.signatures` has it. */
export function signatureText({ parameters, positionals, keywords, read, inherits, isPartial }: CallableFacts): string {
  const words: string[] = [];
  if (inherits !== undefined) words.push(`<${inherits}`);
  const named = (kind: ParameterFacts["kind"]): string[] => parameters.filter((parameter) => parameter.kind === kind).map(({ name }) => name);
  const [first, usual, last] = [named("positional-only"), named("positional"), named("keyword")];
  words.push(...first, ...(first.length > 0 ? ["/"] : []), ...usual);
  if (positionals !== undefined) words.push(`*${positionals}`);
  else if (last.length > 0) words.push("*");
  words.push(...last);
  if (keywords !== undefined) words.push(`**${keywords}`, ...read.map(({ name }) => name));
  if (isPartial) words.push("?");
  return words.join(" ");
}

export function withParameters(facts: CallableFacts, change: (parameter: ParameterFacts) => ParameterFacts): CallableFacts {
  return { ...facts, parameters: facts.parameters.map(change), read: facts.read.map(change) };
}

/** Adds lists of values to the parameters that have none yet. @param values by parameter; the list is named after the callable and the parameter. */
export function withChoices(facts: CallableFacts, callable: string, values: ReadonlyMap<string, readonly string[]>): CallableFacts {
  const choices = new Map(facts.choices);
  const changed = withParameters(facts, (parameter) => {
    const found = parameter.choices === undefined ? values.get(parameter.name) : undefined;
    if (!found) return parameter;
    const list = `${callable}.${parameter.name}`;
    choices.set(list, found);
    return { ...parameter, choices: list };
  });
  return { ...changed, choices };
}
