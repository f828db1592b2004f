/** What is known of well-known checkpoints on the Hugging Face Hub. `models.json` has one row per family, each with its source. */
import models from "./models.json" with { type: "json" };

export interface Checkpoint {
  /** `num_beams` of the checkpoint's own generation config (1 where it sets none). */
  readonly beams?: number;
  /** `do_sample` of the checkpoint's own generation config. */
  readonly samples?: boolean;
  /** The tokenizer's mask token; null: it certainly has none. */
  readonly mask?: string | null;
  /** The tokenizer's pad token; null: it certainly has none. */
  readonly pad?: string | null;
  /** The longest input in tokens. */
  readonly context?: number;
  /** Where all this was seen. */
  readonly source: string;
}

/** How a checkpoint generates by itself. */
export interface CheckpointFacts {
  readonly beams: number;
  readonly samples: boolean;
  readonly source: string;
}

interface Row extends Checkpoint {
  /** Regular expression for the whole repository name. */
  readonly match: string;
}

let patterns: readonly (readonly [pattern: RegExp, checkpoint: Checkpoint])[] | undefined;

/** What is known of a checkpoint by its repository name; what isn't certain is left out. Undefined: it isn't a known one. */
export function checkpoint(repository: string): Checkpoint | undefined {
  patterns ??= (models as readonly Row[]).map((row) => [new RegExp(`^(?:${row.match})$`, "i"), row]);
  return patterns.find(([pattern]) => pattern.test(repository))?.[1];
}

/** How a checkpoint generates by itself, or undefined where that isn't known. */
export function checkpointFacts(repository: string): CheckpointFacts | undefined {
  const { beams, samples, source } = checkpoint(repository) ?? {};
  return beams === undefined || samples === undefined || source === undefined ? undefined : { beams, samples, source };
}
