/** The part of the style guide for messages (CONTRIBUTING.md) that a machine can hold. */

/** The exceptions that messages name, as Python spells them. A new one is one word more. */
const EXCEPTIONS = new Set(
  "AssertionError AttributeError CheckpointError ImportError IndexError KeyError ModuleNotFoundError OverflowError RuntimeError TypeError UnboundLocalError ValueError ZeroDivisionError wandb.Error Exception".split(" "),
);

const LIBRARIES = "transformers|trl|peft|accelerate|datasets|sentence-transformers|simpletransformers|langchain(?:-core|-huggingface)?|wandb|bitsandbytes|torch";

const VERSION = String.raw`\d+(?:\.\d+)*(?![\w.]*\d)`;

/** What the house doesn't write, and what it writes instead. */
const FAULTS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/ {2}|^ | $| [,:;]| \.(?![.\w])/, "one space between words, none before a sign"],
  [/[—–…“”‘’]|\b(?:e\.g|i\.e|etc)\b/, "plain signs, and words for what Latin abbreviates"],
  [/\bwithout a word\b|\bnothing says so\b|\bunnoticed\b/i, "silently"],
  [/\bleave (?:it|them) out\b|\bremove\b/i, "Drop it."],
  [/\bas well\.|\balso\b/i, "too"],
  [/\b(?:please|simply|just|obviously|unfortunately|of course|you should|you must)\b/i, "what to do, in the imperative"],
  [/\bPass one\.|\bSet it\.|\bAdd it\.|\bname it\./, "the name of what is meant"],
  [/\bthe name is\b|\bit is called\b/i, "Write {name}."],
  [/\b(?:throws?|throwing|errors? out|crash(?:es)?|fails? with)\b/i, "raises X"],
  [new RegExp(String.raw`\bsince (?:(?:${LIBRARIES}) )?\d`, "i"), "from X on"],
  [new RegExp(String.raw`\bup to (?:${LIBRARIES}) \d`, "i"), "before X, with the first version where it is over"],
  [new RegExp(String.raw`${VERSION} (?:and|or) (?:newer|older|later|above|below)`), "from X on, before X"],
  [/\blater (?:ones|versions|releases)\b/i, "from X on"],
  [new RegExp(String.raw`\bfrom (?:(?:${LIBRARIES}) )?${VERSION}(?! on\b| to \d)`, "i"), "from X on, or from X to Y"],
];

/** The exceptions of a text that don't follow "raises", or another one that does. */
function exceptionFaults(text: string): string[] {
  const faults: string[] = [];
  for (const { 0: name, index } of text.matchAll(/\b(?:wandb\.)?[A-Za-z]*(?:Error|Exception)\b/g)) {
    if (!EXCEPTIONS.has(name)) faults.push(`${name} is no exception that messages name`);
    if (!/\braises? (?:[\w.]+ or )?$/.test(text.slice(0, index)) && !/\braises? .*(?:and|or) $/.test(text.slice(0, index))) faults.push(`"raises ${name}", with when or where`);
  }
  return faults;
}

/** What of a message's template isn't in the house's style. */
export function styleFaults(template: string): string[] {
  const text = template.replaceAll("{library}", "transformers").replaceAll(/\{(?:since|until)\}/g, "4.46").replaceAll("{versions}", "from trl 0.18 on").replaceAll("{exception}", "ValueError");
  const faults = FAULTS.flatMap(([pattern, instead]) => {
    const found = pattern.exec(text);
    return found ? [`"${found[0]}": ${instead}`] : [];
  });
  if (!/(?:[.?]|\{\w+\})$/.test(text)) faults.push("a full stop at the end");
  return [...faults, ...exceptionFaults(text)];
}

/** A message as it is shown: what the data filled in has to leave whole. */
export function filledFaults(message: string): string[] {
  return [
    ...(/\{\w+\}/.test(message) ? ["a placeholder without a datum"] : []),
    ...(message.length >= 200 ? [`${message.length} characters`] : []),
    ...(/[.?]$/.test(message) ? [] : ["a full stop at the end"]),
    ...(/\.\.$(?<!\.\.\.$)|\?\.|\s$/.test(message) ? ["one sign at the end"] : []),
  ];
}
