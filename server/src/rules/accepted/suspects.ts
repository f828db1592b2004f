/** Which keywords need a closer look, by the name that is called. */
import type { Library, Versions } from "../../environment/versions.js";
import type { Callable } from "../../knowledge/callable.js";
import type { Knowledge } from "../../knowledge/knowledge.js";
import { verdictOf } from "./verdicts.js";

/**
 * The keywords that at least one callable of a name doesn't take as they stand: what is called needs to be worked out only for calls with one of these. Most
 * calls have none, whichever of them they call. Remembered for all scripts that import the same libraries.
 */
export class Suspects {
  private static readonly made = new WeakMap<Knowledge, Map<string, Suspects>>();
  /** By versions, last name and keyword: whether it is one, or how often that was asked. */
  private readonly known = new Map<string, Map<string, Map<string, boolean | number>>>();
  private readonly callables = new Map<string, readonly Callable[]>();

  static of(knowledge: Knowledge, libraries: readonly Library[]): Suspects {
    let made = Suspects.made.get(knowledge);
    if (!made) Suspects.made.set(knowledge, (made = new Map()));
    const key = libraries.join(" ");
    let suspects = made.get(key);
    if (!suspects) made.set(key, (suspects = new Suspects(knowledge, libraries)));
    return suspects;
  }

  private constructor(
    private readonly knowledge: Knowledge,
    private readonly libraries: readonly Library[],
  ) {}

  has(leaf: string, keyword: string, versions: Versions): boolean {
    const known = entryOf(entryOf(this.known, versions.key), leaf);
    const state = known.get(keyword) ?? 0;
    if (typeof state === "boolean") return state;
    // Asking all that have the name costs more than working out which one it is: worth it only for what comes again and again.
    if (state < ASKED_BEFORE) {
      known.set(keyword, state + 1);
      return true;
    }
    let callables = this.callables.get(leaf);
    if (!callables) this.callables.set(leaf, (callables = this.knowledge.callablesNamed(leaf, this.libraries)));
    const isSuspect = callables.length > MOST_CALLABLES || callables.some((callable) => verdictOf(callable, keyword, versions) !== undefined);
    known.set(keyword, isSuspect);
    return isSuspect;
  }
}

const ASKED_BEFORE = 4;
const MOST_CALLABLES = 12;

function entryOf<Item>(index: Map<string, Map<string, Item>>, key: string): Map<string, Item> {
  let entry = index.get(key);
  if (!entry) index.set(key, (entry = new Map<string, Item>()));
  return entry;
}
