/** Every name that a script takes out of a library's module, by `from m import name` or as `m.name`, and whether the module still has it. */
import type { RuleContext } from "../../analysis/rule.js";
import type { Versions } from "../../environment/versions.js";
import type { Standing } from "../../knowledge/standing.js";
import type { Script } from "../../script/script.js";
import { NO_NODE, type Node } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

export interface UsedName {
  readonly module: string;
  readonly name: string;
  /** The name as written. */
  readonly node: Node;
  /** The identifier that the script binds by the import; NO_NODE for `m.name`. */
  readonly binding: Node;
}

export interface JudgedName extends UsedName {
  readonly fate: "removed" | "not yet" | "never";
  readonly isCertain: boolean;
  readonly standing: Standing;
  readonly versions: Versions;
}

/** What the placeholders for missing packages bring along: there or not by what is installed beside. */
const AVAILABILITY_NAMES: ReadonlySet<string> = new Set(["DummyObject", "requires_backends"]);

/** The names of modules under an import root that some version, which the script may meet, doesn't have. */
export function judgedNames(ctx: RuleContext<never>, root: string): JudgedName[] {
  const { script, knowledge } = ctx;
  const found: JudgedName[] = [];
  for (const used of usedNames(script, root, (module) => knowledge.knowsModule(module))) {
    if (AVAILABILITY_NAMES.has(used.name)) continue;
    const versions = ctx.versionsAtNode(used.node);
    const standing = knowledge.exported(used.module, used.name, versions);
    const fate = standing && fateOf(standing);
    if (!standing || !fate || isGuarded(script, used)) continue;
    found.push({ ...used, fate, isCertain: standing.in === "none", standing, versions });
  }
  return found;
}

function fateOf(standing: Standing): JudgedName["fate"] | undefined {
  if (standing.in === "some") return standing.newest === "no" ? "removed" : undefined;
  if (standing.in !== "none") return undefined;
  return !standing.ever ? "never" : standing.side === "before" ? "not yet" : "removed";
}

function usedNames(script: Script, root: string, isKnown: (module: string) => boolean): UsedName[] {
  const { tree, scopes } = script;
  const used: UsedName[] = [];
  for (const { name: bound, node, source } of scopes.aliasing) {
    if (source.kind !== "imported" || (source.name !== root && !source.name.startsWith(`${root}.`))) continue;
    const dot = source.name.lastIndexOf(".");
    const module = source.name.slice(0, dot);
    const statement = tree.closest(node, Kind.import_from_statement);
    if (statement !== NO_NODE && isKnown(module) && !isKnown(source.name)) {
      const item = tree.kind(tree.parent(node)) === Kind.aliased_import ? tree.child(tree.parent(node), Field.name) : node;
      used.push({ module, name: source.name.slice(dot + 1), node: item, binding: node });
    } else used.push(...attributesOf(script, bound, statement === NO_NODE && source.name.startsWith(`${bound}.`) ? bound : source.name, isKnown));
  }
  return used.sort((a, b) => a.node - b.node);
}

/** `m.name` wherever `m` is a known module. */
function attributesOf(script: Script, bound: string, module: string, isKnown: (module: string) => boolean): UsedName[] {
  const { tree } = script;
  const used: UsedName[] = [];
  for (const node of script.scopes.occurrences(bound)) {
    let [inner, path] = [node, module];
    for (let parent = tree.parent(inner); tree.kind(parent) === Kind.attribute && tree.field(inner) === Field.object; parent = tree.parent(inner)) {
      const named = tree.child(parent, Field.attribute);
      const name = tree.textOf(named);
      if (isKnown(path) && !isKnown(`${path}.${name}`)) {
        const value = script.evaluate(node);
        if (value.kind === "reference" && value.name === module && !name.startsWith("__") && tree.field(parent) !== Field.left) used.push({ module: path, name, node: named, binding: NO_NODE });
        break;
      }
      [inner, path] = [parent, `${path}.${name}`];
    }
  }
  return used;
}

/** Whether the script provides for the name being absent. */
function isGuarded(script: Script, { name, node, binding }: UsedName): boolean {
  const { flow, tree } = script;
  if (flow.isAskedFor(node, new Set([name]))) return true;
  const caught = binding === NO_NODE ? ["AttributeError", "Exception"] : ["ModuleNotFoundError", "Exception", "RuntimeError"];
  return caught.some((exception) => flow.isCaught(tree.start(node), exception)) || flow.isCaughtByAll(tree.start(node));
}
