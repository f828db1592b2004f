/** Which rules a configuration switches on. */
import type { Configuration } from "../config/configuration.js";
import type { Rule } from "./rule.js";

/** How closely a selector names a rule: its id beats its library, and that beats `ALL`. */
function closeness(selectors: readonly string[], rule: Pick<Rule, "id">): number {
  if (selectors.includes(rule.id)) return 3;
  if (selectors.includes(rule.id.slice(0, rule.id.indexOf("/")))) return 2;
  return selectors.includes("ALL") ? 1 : 0;
}

/** `ignore` wins over `select` unless `select` names the rule more closely. Preview rules have to be selected by id or by `ALL`. */
export function isEnabled(rule: Pick<Rule, "id" | "status">, config: Pick<Configuration, "select" | "ignore">): boolean {
  const ignored = closeness(config.ignore, rule);
  if (config.select === undefined) return rule.status === "stable" && ignored === 0;
  const selected = closeness(config.select, rule);
  if (rule.status === "preview" && selected === 2) return false;
  return selected > ignored;
}

const enabled = new WeakMap<Configuration, { readonly rules: readonly Rule[]; readonly chosen: ReadonlySet<Rule> }>();

/** The rules that a configuration switches on: worked out once for each. */
export function enabledRules(rules: readonly Rule[], config: Configuration): ReadonlySet<Rule> {
  let known = enabled.get(config);
  if (known?.rules !== rules) {
    known = { rules, chosen: new Set(rules.filter((rule) => isEnabled(rule, config))) };
    enabled.set(config, known);
  }
  return known.chosen;
}
