/** What a library says of its own deprecated parameters: by decorators, by warnings in a body, by a field's help. */
import { NO_NODE, type Node } from "../../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import { callOf, descendants, stringOf, stringsOf } from "../python/literals.js";
import type { PythonModule } from "../python/module.js";
import { byVersion } from "../../packages/packageIndex.js";

export interface Deprecation {
  readonly name: string;
  readonly message: string;
  readonly replacement: string | undefined;
}

const LONGEST = 140;
const WARNERS = /^(?:warnings\.warn|warn|logger\.warn(?:ing)?(?:_once|_advice)?|logging\.warning)$/;
const SAYS_DEPRECATED = /deprecat|will be removed/i;
/** A condition on a certain value or type: the parameter as such isn't deprecated. */
const PARTICULAR = /isinstance\(|==|\bin [([{]|\bnot in\b/;

export function shortMessage(text: string): string {
  const plain = text.replace(/🤗\s*/g, "").replace(/\s+/g, " ").trim();
  if (plain.length <= LONGEST) return plain;
  const sentences = /^(.{20,139}?[.!])(?:\s|$)/.exec(plain)?.[1];
  return sentences ?? `${plain.slice(0, LONGEST - 3)}...`;
}

/** The parameter that a message says to use instead; it has to be one of the callable's. */
export function replacementIn(message: string, names: ReadonlySet<string>, name: string): string | undefined {
  for (const match of message.matchAll(/(?:the use of|use|using|set|pass|specify|renamed to|replaced by|in favou?r of|switch to)\s+(?:the\s+|with\s+)?(?:argument\s+|parameter\s+)?[`'"]?(?:--)?(\w+)(?=[`'"\s.,=]|$)[^\w ]?/gi)) {
    const found = match[1] ?? "";
    // "`--optim adafactor`" and "`config.x`" are no parameter of that name.
    const rest = message.slice((match.index ?? 0) + match[0].length - 1);
    if (found !== name && names.has(found) && !/^[`'"]?\.\w|^ [\w{]+[`'"]/.test(rest)) return found;
  }
  return undefined;
}

/** From `warnings.warn(...)` and the like under `if <parameter> ...:`. @param prefix what stands before a parameter's name: `self.` in a dataclass. */
export function warnedIn(module: PythonModule, body: Node, names: ReadonlySet<string>, prefix: "" | "self."): Deprecation[] {
  const { tree } = module;
  const found = new Map<string, Deprecation>();
  for (const node of descendants(tree, body, Kind.call)) {
    const call = callOf(tree, node);
    if (!call || !WARNERS.test(call.name ?? "")) continue;
    const [first] = call.positional;
    const message = first === undefined ? undefined : stringOf(tree, first);
    if (message === undefined || !SAYS_DEPRECATED.test(message)) continue;
    const condition = conditionAround(module, node, body);
    if (condition === undefined || PARTICULAR.test(condition)) continue;
    const before = message.slice(0, message.search(SAYS_DEPRECATED));
    for (const name of names) {
      const isAsked = new RegExp(prefix === "" ? `(?<![\\w.])${name}\\b|["']${name}["'] in ` : `self\\.${name}\\b`).test(condition);
      if (!isAsked || !new RegExp(`\\b${name}\\b`).test(before) || found.has(name)) continue;
      found.set(name, { name, message: shortMessage(message), replacement: replacementIn(message, names, name) });
    }
  }
  return [...found.values()];
}

function conditionAround(module: PythonModule, node: Node, body: Node): string | undefined {
  const { tree } = module;
  for (let inner = node; inner !== NO_NODE && inner !== body; inner = tree.parent(inner)) {
    const outer = tree.parent(inner);
    const kind = outer === NO_NODE ? Kind.other : tree.kind(outer);
    if ((kind === Kind.if_statement || kind === Kind.elif_clause) && tree.field(inner) === Field.consequence) return tree.textOf(tree.child(outer, Field.condition));
  }
  return undefined;
}

/** From a field's `metadata={"help": "Deprecated. Use ..."}`. */
export function helpSays(help: string): boolean {
  return /^\W*(?:deprecated\b|(?:this (?:parameter|argument|option|field)|`\w+`) is deprecated)/i.test(help.trim());
}

/**
 * From decorators. `deprecate_kwarg(old_name, version, new_name)` takes the old name and hands on the new one, whatever version it announces, unless it is
 * told to raise from that version on; huggingface_hub's `_deprecate_arguments` only warns.
 */
export function decoratorDeprecations(module: PythonModule, decorators: readonly Node[], release: string | undefined): Deprecation[] {
  const { tree } = module;
  return decorators.flatMap((decorator): Deprecation[] => {
    const call = callOf(tree, tree.firstChild(decorator));
    const name = call?.name?.replace(/^.*\./, "");
    if (!call || name === undefined) return [];
    const argument = (position: number, keyword: string): Node | undefined => call.keywords.get(keyword) ?? call.positional[position];
    const text = (node: Node | undefined): string | undefined => (node === undefined ? undefined : stringOf(tree, node));
    if (name === "deprecate_kwarg") {
      const old = text(argument(0, "old_name"));
      const version = text(argument(1, "version"));
      const fresh = text(argument(2, "new_name"));
      const raises = call.keywords.get("raise_if_greater_or_equal_version");
      if (old === undefined) return [];
      if (raises !== undefined && tree.textOf(raises) === "True" && release !== undefined && version !== undefined && byVersion(release, version) >= 0) return [];
      const message = `\`${old}\` is deprecated${fresh === undefined ? "." : `. Use \`${fresh}\` instead.`}`;
      return [{ name: old, message, replacement: fresh }];
    }
    if (name === "_deprecate_arguments") {
      const list = argument(1, "deprecated_args");
      const single = text(list);
      const names = single === undefined ? (list === undefined ? undefined : stringsOf(tree, list)) : [single];
      const custom = text(call.keywords.get("custom_message"));
      return (names ?? []).map((old) => ({ name: old, message: shortMessage(custom ?? `\`${old}\` is deprecated.`), replacement: undefined }));
    }
    if (name === "deprecated_kwargs") {
      return [...call.keywords].flatMap(([old, node]) => {
        const fresh = text(node);
        return fresh === undefined ? [] : [{ name: old, message: `\`${old}\` is deprecated. Use \`${fresh}\` instead.`, replacement: fresh }];
      });
    }
    return [];
  });
}
