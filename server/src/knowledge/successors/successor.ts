/** What to write instead of an argument that left a callable: what the sources can't tell and a person has looked up. */
import type { Library } from "../../environment/versions.js";

export type Remedy =
  /** The same value under another name. */
  | { readonly kind: "rename"; readonly to: string; readonly isUnsafe?: boolean }
  /** It had no effect any more. */
  | { readonly kind: "drop"; readonly isUnsafe?: boolean }
  /** Another way to say it, by the value as written (`True`, `False`, `None`); `any` is for every other value, `{value}` stands for it. Null: drop it. */
  | { readonly kind: "rewrite"; readonly values?: Readonly<Record<string, string | null>>; readonly any?: string; readonly isUnsafe?: boolean; readonly needs?: ImportNeed }
  /** It belongs to the trainer's config now, under its own name or the first of `as` that the config takes. */
  | { readonly kind: "move"; readonly as?: readonly string[] }
  | { readonly kind: "none" };

/** A name that the rewritten argument uses. */
export interface ImportNeed {
  readonly module: string;
  readonly name: string;
}

export interface Successor {
  /** Canonical names; a class stands for the libraries' own subclasses too. */
  readonly callables: readonly string[] | RegExp;
  readonly name: string;
  /** Whose versions decide. */
  readonly library: Library;
  /** The first release without it: only where the data can't tell, since `**kwargs` takes anything. */
  readonly until?: string;
  /** The first release that takes it: only where the data can't tell. */
  readonly since?: string;
  /** The first release that warns about it: only where the data can't tell. */
  readonly deprecated?: string;
  /** Only `True` asks for something that is no longer done: `from_tf=bool(".ckpt" in name)` is False for everything that people still have. */
  readonly isHarmlessUnlessTrue?: boolean;
  /** What becomes of it from `until` on; it raises TypeError if absent. `never`: no version took it. */
  readonly then?: "ignored" | "never";
  /** A decorator goes on taking it, with a warning, where the signature doesn't name it any more. */
  readonly isTranslated?: boolean;
  readonly remedy: Remedy;
  /** What to do, as the end of a message. Absent for a rename, which says it all. */
  readonly advice?: string;
  readonly source: string;
}

/** The end of a message about the argument. */
export function adviceOf({ remedy, advice }: Successor): string {
  if (advice !== undefined) return advice;
  return remedy.kind === "rename" ? `Use ${remedy.to}.` : remedy.kind === "drop" ? "It has no effect: drop it." : "";
}
