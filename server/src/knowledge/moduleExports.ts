/** The names that a module exports, by the releases that have them. */
import { Presence } from "./presence.js";

/** So many names are looked for in the text; who asks for more has them all sorted, which a short check wouldn't live to see repaid. */
const FEW = 16;

export class ModuleExports {
  private asked = 0;
  private sorted: ReadonlyMap<string, readonly Presence[]> | undefined;

  /** @param data the presence of names -> the names, with spaces between. */
  constructor(private readonly data: Readonly<Record<string, string>>) {}

  /** The releases that export a name, in pieces; none for a name that no stored release exports. */
  presencesOf(name: string): readonly Presence[] {
    if (this.sorted === undefined && this.asked++ < FEW) {
      return Object.entries(this.data).flatMap(([presence, names]) => (holds(names, name) ? [Presence.parse(presence)] : []));
    }
    return this.byName.get(name) ?? [];
  }

  /** Every name that any stored release exports. */
  all(): readonly string[] {
    return [...this.byName.keys()];
  }

  private get byName(): ReadonlyMap<string, readonly Presence[]> {
    if (!this.sorted) {
      const sorted = new Map<string, Presence[]>();
      for (const [text, names] of Object.entries(this.data)) {
        const presence = Presence.parse(text);
        for (const name of names.split(" ")) {
          const known = sorted.get(name);
          if (known) known.push(presence);
          else sorted.set(name, [presence]);
        }
      }
      this.sorted = sorted;
    }
    return this.sorted;
  }
}

/** Whether a name is one of those in a text, and not a part of another. */
function holds(names: string, name: string): boolean {
  if (name === "") return false;
  for (let start = names.indexOf(name); start >= 0; start = names.indexOf(name, start + 1)) {
    const end = start + name.length;
    if ((start === 0 || names[start - 1] === " ") && (end === names.length || names[end] === " ")) return true;
  }
  return false;
}
