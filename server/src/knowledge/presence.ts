/** In which stored releases something is true. */

/** A set of release indexes, from the text that the data keeps (`"0-12 14-"`). */
export class Presence {
  private constructor(private readonly runs: readonly (readonly [start: number, end: number])[]) {}

  static parse(text: string): Presence {
    return new Presence(
      text.split(" ").map((run) => {
        const dash = run.indexOf("-");
        const end = run.slice(dash + 1);
        return [Number(run.slice(0, dash)), end === "" ? Number.POSITIVE_INFINITY : Number(end)] as const;
      }),
    );
  }

  has(release: number): boolean {
    return this.runs.some(([start, end]) => release >= start && release < end);
  }
}

/** The entry of a `presence -> value` record that holds for a release. */
export class Timeline<T> {
  private readonly entries: readonly { readonly presence: Presence; readonly value: T }[];
  /** By release: the same few are asked for again and again. */
  private readonly found: (T | undefined)[] = [];

  constructor(record: Readonly<Record<string, T>>) {
    this.entries = Object.entries(record).map(([text, value]) => ({ presence: Presence.parse(text), value }));
  }

  at(release: number): T | undefined {
    if (!(release in this.found)) this.found[release] = this.entries.find(({ presence }) => presence.has(release))?.value;
    return this.found[release];
  }

  /** All that hold for a release, where several may. */
  allAt(release: number): T[] {
    return this.entries.filter(({ presence }) => presence.has(release)).map(({ value }) => value);
  }
}
