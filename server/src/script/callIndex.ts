/**
 * The calls of a script by what can be seen of them before anything is evaluated: the name that is written, and the keywords.
 *
 * Most questions about calls are answered with "none" from here; only what is left has its callee worked out.
 */
import { NO_NODE, type FlatTree, type Node } from "../syntax/flatTree.js";
import { Field, Kind } from "../syntax/kind.js";
import type { Scopes } from "./scopes.js";

const NONE: readonly Node[] = [];

/** No keyword is as long, quotes included. */
const LONGEST_KEY = 80;

export class CallIndex {
  private readonly tree: FlatTree;
  private readonly byWritten = new Map<string, Node[]>();
  private keywords: { readonly byName: ReadonlyMap<string, Node[]>; readonly unpacking: readonly Node[] } | undefined;
  private stringTexts: ReadonlySet<string> | undefined;
  /** Name -> the written names that may stand for it. */
  private aliases: ReadonlyMap<string, readonly string[]> | undefined;
  /** The written names among them. */
  private standIns: ReadonlySet<string> | undefined;

  constructor(private readonly scopes: Scopes) {
    const { tree } = scopes;
    this.tree = tree;
    for (const node of scopes.calls) {
      const callee = tree.child(node, Field.function);
      const named = tree.kind(callee) === Kind.attribute ? tree.child(callee, Field.attribute) : callee;
      if (tree.kind(named) === Kind.identifier) append(this.byWritten, tree.textOf(named), node);
    }
  }

  /** The calls with this name written, in source order. */
  written(name: string): readonly Node[] {
    return this.byWritten.get(name) ?? NONE;
  }

  /** The calls whose written name is this one, or stands for it (`import X as Y`, `Y = X`), in source order. */
  named(name: string): readonly Node[] {
    const aliases = this.allAliases.get(name);
    if (aliases === undefined) return this.written(name);
    const found = [...this.written(name)];
    for (const alias of aliases) found.push(...this.written(alias));
    return sorted(found);
  }

  /** The same for any of several names. */
  namedAny(names: ReadonlySet<string>): readonly Node[] {
    const found: Node[] = [];
    if (names.size < this.byWritten.size) for (const name of names) found.push(...this.named(name));
    else {
      for (const [name, nodes] of this.byWritten) if (names.has(name)) found.push(...nodes);
      for (const [name, aliases] of this.allAliases) if (names.has(name)) for (const alias of aliases) found.push(...this.written(alias));
    }
    return sorted(found);
  }

  /** The same for the names that a pattern matches. */
  namedLike(name: RegExp): readonly Node[] {
    const found: Node[] = [];
    for (const [written, nodes] of this.byWritten) if (name.test(written)) found.push(...nodes);
    for (const [target, aliases] of this.allAliases) if (name.test(target)) for (const alias of aliases) found.push(...this.written(alias));
    return sorted(found);
  }

  /** Whether a written name may stand for another one. */
  isAlias(written: string): boolean {
    this.standIns ??= new Set([...this.allAliases.values()].flat());
    return this.standIns.has(written);
  }

  /** Whether a call writes this keyword, or unpacks a dict that may have it. */
  mayGive(keyword: string): boolean {
    return this.byKeyword.byName.has(keyword) || (this.unpacking.length > 0 && this.strings.has(keyword));
  }

  /** Whether a dict of the script may have this key: it is written as a string somewhere, or as a keyword (`dict(key=...)`). */
  mayBeKey(name: string): boolean {
    return this.byKeyword.byName.has(name) || this.strings.has(name);
  }

  /** The calls that write one of these keywords. */
  writing(keyword: string): readonly Node[] {
    return this.byKeyword.byName.get(keyword) ?? NONE;
  }

  /** The calls that unpack a dict, in source order. */
  get unpacking(): readonly Node[] {
    return this.byKeyword.unpacking;
  }

  /** The calls that write one of these keywords, and those that unpack a dict which may have one, in source order. */
  givenAny(names: readonly string[]): readonly Node[] {
    const { byName, unpacking } = this.byKeyword;
    const found = [...unpacking];
    for (const name of names) found.push(...(byName.get(name) ?? NONE));
    return sorted(found);
  }

  private get byKeyword(): NonNullable<CallIndex["keywords"]> {
    this.keywords ??= this.indexKeywords();
    return this.keywords;
  }

  /** What the script's short strings hold. */
  private get strings(): ReadonlySet<string> {
    this.stringTexts ??= this.collectStrings();
    return this.stringTexts;
  }

  private collectStrings(): Set<string> {
    const { tree } = this;
    const strings = new Set<string>();
    for (const node of this.scopes.strings) {
      const end = tree.end(node) - 1;
      let start = tree.start(node);
      if (end - start >= LONGEST_KEY) continue;
      while (start < end && !isQuote(tree.text.charCodeAt(start))) start++;
      strings.add(tree.text.slice(start + 1, end));
    }
    return strings;
  }

  private indexKeywords(): NonNullable<CallIndex["keywords"]> {
    const { tree } = this;
    const byName = new Map<string, Node[]>();
    const unpacking: Node[] = [];
    for (const call of this.scopes.calls) {
      for (let node = tree.firstChild(tree.child(call, Field.arguments)); node !== NO_NODE; node = tree.nextSibling(node)) {
        const kind = tree.kind(node);
        if (kind === Kind.keyword_argument) append(byName, tree.textOf(tree.child(node, Field.name)), call);
        else if (kind === Kind.dictionary_splat) unpacking.push(call);
      }
    }
    return { byName, unpacking };
  }

  private get allAliases(): ReadonlyMap<string, readonly string[]> {
    this.aliases ??= this.collectAliases();
    return this.aliases;
  }

  /** Through aliases of aliases. Only names that are called matter. */
  private collectAliases(): ReadonlyMap<string, readonly string[]> {
    const direct = new Map<string, Set<string>>();
    for (const { name, source } of this.scopes.aliasing) {
      const target = source.kind === "imported" ? source.name : source.kind === "assigned" ? this.referenceText(source.expression) : undefined;
      if (target === undefined || (source.kind === "imported" && (target === name || target.endsWith(`.${name}`)))) continue;
      const known = direct.get(name);
      const parts = target.split(/[.|]/);
      if (known) for (const part of parts) known.add(part);
      else direct.set(name, new Set(parts));
    }
    const aliases = new Map<string, string[]>();
    for (const [name, parts] of direct) {
      if (!this.byWritten.has(name)) continue;
      // A set is gone through in the order in which it grows.
      const all = new Set(parts);
      for (const part of all) for (const further of direct.get(part) ?? []) all.add(further);
      all.delete(name);
      for (const target of all) append(aliases, target, name);
    }
    return aliases;
  }

  /** The names in an expression that may stand for a callable: `X`, `m.X`, `X if c else Y`. */
  private referenceText(expression: Node): string | undefined {
    const { tree } = this;
    switch (tree.kind(expression)) {
      case Kind.identifier:
      case Kind.attribute:
        return tree.textOf(expression);
      case Kind.conditional_expression:
        return [tree.childAt(expression, 0), tree.childAt(expression, 2)].map((operand) => this.referenceText(operand) ?? "").join("|");
      default:
        return undefined;
    }
  }
}

function isQuote(unit: number): boolean {
  return unit === 0x22 || unit === 0x27;
}

function append<Item>(index: Map<string, Item[]>, key: string, item: Item): void {
  const known = index.get(key);
  if (known) known.push(item);
  else index.set(key, [item]);
}

/** In source order, each once. */
function sorted(nodes: Node[]): Node[] {
  nodes.sort((a, b) => a - b);
  return nodes.filter((node, index) => node !== nodes[index - 1]);
}
