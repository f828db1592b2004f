/** What a class takes when it is built: its own `__init__`, an inherited one, or the fields of a dataclass. */
import { NO_NODE } from "../../../server/src/syntax/flatTree.js";
import { Field, Kind } from "../../../server/src/syntax/kind.js";
import { bodyOf, dataclassOf, lineage, methodOf, takesOtherKeywords, type Ancestor, type ClassDefinition } from "../python/classes.js";
import { defaultText, UNTOLD } from "../python/defaults.js";
import { callOf, pairsOf, stringOf } from "../python/literals.js";
import { shortType } from "../python/types.js";
import { choicesOf } from "./choices.js";
import { helpSays, replacementIn, shortMessage, warnedIn } from "./deprecations.js";
import { withChoices, type CallableFacts, type ParameterFacts } from "./facts.js";
import { withForwarded } from "./forwarding.js";
import { functionFacts, withDeprecations, type Reading } from "./functions.js";
import { refusedUnless } from "./validations.js";

/** Libraries whose classes have data of their own. */
const KNOWN_LIBRARIES = /^(?:transformers|trl|peft|accelerate|datasets|sentence_transformers)\./;

const NOTHING: CallableFacts = { kind: "class", parameters: [], read: [], isPartial: false, choices: new Map() };

export function constructorFacts(reading: Reading, definition: ClassDefinition): CallableFacts {
  return constructorOf(reading, lineage(reading.library, definition));
}

/** @param line the class and what follows it in its lineage. */
function constructorOf(reading: Reading, line: readonly Ancestor[]): CallableFacts {
  for (const [index, ancestor] of line.entries()) {
    if (ancestor.kind === "external") {
      return KNOWN_LIBRARIES.test(ancestor.path) ? { ...NOTHING, inherits: ancestor.path } : { ...NOTHING, isPartial: true };
    }
    const init = methodOf(ancestor, "__init__");
    if (init) {
      const facts = functionFacts(reading, { module: ancestor.module, ...init }, "class", true);
      return withForwarded(facts, ancestor, init, "__init__", () => constructorOf(reading, line.slice(index + 1)));
    }
    if (dataclassOf(ancestor)) return fieldFacts(reading, line.slice(index));
  }
  return NOTHING;
}

/** The fields of a dataclass and of what it derives from, in the order in which Python takes them. */
function fieldFacts(reading: Reading, line: readonly Ancestor[]): CallableFacts {
  const fields = new Map<string, ParameterFacts>();
  const choices = new Map<string, readonly string[]>();
  let facts: CallableFacts = NOTHING;
  for (const ancestor of [...line].reverse()) {
    if (ancestor.kind === "external") {
      if (KNOWN_LIBRARIES.test(ancestor.path) && facts.inherits === undefined) facts = { ...facts, inherits: ancestor.path };
      else facts = { ...facts, isPartial: true };
    } else if (dataclassOf(ancestor)) readFields(reading, ancestor, fields, choices);
  }
  const ordered = [...fields.values()];
  const parameters = [...ordered.filter(({ kind }) => kind !== "keyword"), ...ordered.filter(({ kind }) => kind === "keyword")];
  const isOpen = line.some((ancestor) => ancestor.kind === "class" && takesOtherKeywords(ancestor));
  let result: CallableFacts = { ...facts, parameters, choices, ...(isOpen && { keywords: "kwargs" }) };
  const names = new Set(fields.keys());
  const told = new Set<string>();
  for (const ancestor of line) {
    const check = ancestor.kind === "class" ? methodOf(ancestor, "__post_init__") : undefined;
    if (ancestor.kind !== "class" || !check) continue;
    const { module } = ancestor;
    result = withChoices(result, reading.name, refusedUnless(reading.library, module, module.tree.child(check.node, Field.body), "self."));
    const warned = warnedIn(module, module.tree.child(check.node, Field.body), names, "self.");
    // The warning says more than the field's help; the nearest class has the last word.
    result = withDeprecations(result, warned.filter(({ name }) => !told.has(name)));
    for (const { name } of warned) told.add(name);
  }
  return result;
}

function readFields(reading: Reading, owner: ClassDefinition, fields: Map<string, ParameterFacts>, choices: Map<string, readonly string[]>): void {
  const { library, name: callable } = reading;
  const { module } = owner;
  const { tree } = module;
  let isKeywordOnly = dataclassOf(owner)?.isKeywordOnly ?? false;
  const names = new Set(fields.keys());
  for (const { node } of bodyOf(owner)) {
    const assignment = tree.kind(node) === Kind.expression_statement ? tree.firstChild(node) : NO_NODE;
    if (assignment === NO_NODE || tree.kind(assignment) !== Kind.assignment) continue;
    const type = tree.child(assignment, Field.type);
    if (type === NO_NODE) continue;
    const name = tree.textOf(tree.child(assignment, Field.left));
    const annotation = tree.textOf(type);
    if (/^["']?(?:typing\.)?ClassVar\b/.test(annotation)) continue;
    if (/\bKW_ONLY$/.test(annotation)) {
      isKeywordOnly = true;
      continue;
    }
    names.add(name);
    const value = tree.child(assignment, Field.right);
    const call = value === NO_NODE ? undefined : callOf(tree, value);
    const field = call && /^(?:dataclasses\.)?field$/.test(call.name ?? "") ? call.keywords : undefined;
    const flag = (key: string): string | undefined => {
      const argument = field?.get(key);
      return argument === undefined ? undefined : tree.textOf(argument);
    };
    if (flag("init") === "False") {
      fields.delete(name);
      continue;
    }
    const help = pairsOf(tree, field?.get("metadata") ?? 0).find(({ key }) => key === "help");
    const message = help === undefined ? undefined : stringOf(tree, help.value);
    const isDeprecated = message !== undefined && helpSays(message);
    const allowed = choicesOf(library, module, annotation, `${callable}.${name}`);
    if (allowed) choices.set(allowed.list, allowed.values);
    const given = field ? fieldDefault(reading, owner, field) : value === NO_NODE ? undefined : defaultText(library, module, value, owner);
    fields.set(name, {
      name,
      kind: (flag("kw_only") ?? (isKeywordOnly ? "True" : "False")) === "True" ? "keyword" : "positional",
      ...(given === undefined ? {} : { default: given }),
      type: shortType(annotation),
      choices: allowed?.list,
      ...(isDeprecated ? { deprecated: shortMessage(message), replacement: replacementIn(message, new Set([...names, ...laterNames(owner)]), name) } : {}),
    });
  }
}

/** Every name that is annotated in the class, wherever. */
function laterNames(owner: ClassDefinition): string[] {
  const { tree } = owner.module;
  return bodyOf(owner).flatMap(({ node }) => (tree.kind(node) === Kind.expression_statement ? [/^\w+/.exec(tree.textOf(node))?.[0] ?? ""] : []));
}

const FACTORIES: Readonly<Record<string, string>> = { list: "[]", dict: "{}", set: "set()", tuple: "()", str: '""' };

function fieldDefault({ library }: Reading, owner: ClassDefinition, field: ReadonlyMap<string, number>): string | undefined {
  const { module } = owner;
  const { tree } = module;
  const value = field.get("default");
  if (value !== undefined) return defaultText(library, module, value, owner);
  const factory = field.get("default_factory");
  if (factory === undefined) return undefined;
  if (tree.kind(factory) === Kind.lambda) return defaultText(library, module, tree.child(factory, Field.body), owner);
  const name = tree.textOf(factory);
  return FACTORIES[name] ?? (/^\w+$/.test(name) ? `${name}()` : UNTOLD);
}
