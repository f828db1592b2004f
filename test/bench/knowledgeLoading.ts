/** What the libraries' data cost: reading them from the disk, and the first question. Each script asks only for the libraries that it imports. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { dataIn } from "../../server/src/environment/dataFiles.js";
import { Versions } from "../../server/src/environment/versions.js";
import { Knowledge } from "../../server/src/knowledge/knowledge.js";
import type { Figure, NotMeasured } from "./figure.js";
import { interleave, spreadOf, timed } from "./rounds.js";

const asked = { transformers: "transformers.TrainingArguments", trl: "trl.SFTConfig" } as const;

export async function measureKnowledgeLoading(root: string, rounds: number): Promise<(Figure | NotMeasured)[]> {
  const folder = join(root, "server", "src", "knowledge", "data");
  const read = dataIn(folder);
  const libraries = Object.entries(asked).filter(([library]) => statSync(join(folder, `${library}.json`), { throwIfNoEntry: false }));
  const times = await interleave(
    libraries.map(([library, name]) => ({
      name: library,
      run: () =>
        timed(() => {
          const knowledge = new Knowledge(read);
          knowledge.callable(name)?.accepts("eval_strategy", Versions.unknown);
          knowledge.exported(library, "Trainer", Versions.unknown);
        }),
    })),
    rounds,
  );
  return libraries.map(([library]) => ({ name: `what is known of ${library}: read, and the first answers`, unit: "ms" as const, ...spreadOf(times[library] ?? []) }));
}
