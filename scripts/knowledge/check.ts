/** Whether the data say of a release what its sources say. */
import type { LibraryData } from "../../server/src/knowledge/libraryData.js";
import { Presence } from "../../server/src/knowledge/presence.js";
import { historyOf } from "./history.js";
import type { ReleaseFacts } from "./extract.js";

/** Releases with much between them. */
export const CHECKED_RELEASES: readonly string[] = [
  "transformers==4.36.2",
  "transformers==4.46.3",
  "transformers==4.57.6",
  "transformers==5.0.0",
  "trl==0.8.6",
  "trl==0.13.0",
  "trl==0.20.0",
  "trl==1.13.0",
  "peft",
  "sentence-transformers==3.0.1",
  "sentence-transformers==5.1.2",
  "simpletransformers==0.70.5",
];

/** One line for each difference, empty where there is none. @throws when the release isn't one of the stored. */
export function differences(data: LibraryData, facts: ReleaseFacts): string[] {
  const release = data.releases.indexOf(facts.release);
  if (release < 0) throw new Error(`${data.library} ${facts.release} is none of the stored releases.`);
  const stored = flat(data, release);
  const read = flat(historyOf(data.library, [facts]), 0);
  const lines: string[] = [];
  for (const key of new Set([...stored.keys(), ...read.keys()])) {
    const [old, fresh] = [stored.get(key), read.get(key)];
    if (old !== fresh) lines.push(`${key}: the data have ${old ?? "nothing"}, the sources ${fresh ?? "nothing"}`);
  }
  return lines;
}

/** Everything that holds in a release, by a name for it. */
function flat(data: LibraryData, release: number): Map<string, string> {
  const has = (presence: string): boolean => Presence.parse(presence).has(release);
  const found = new Map<string, string>();
  for (const [name, { signatures, parameters }] of Object.entries(data.callables)) {
    const signature = Object.entries(signatures).find(([presence]) => has(presence))?.[1];
    if (signature === undefined) continue;
    found.set(name, signature);
    const words = new Set(signature.split(" "));
    for (const [parameter, states] of Object.entries(parameters)) {
      const state = words.has(parameter) ? states.find((candidate) => candidate.in === undefined || has(candidate.in)) : undefined;
      const told = { ...state };
      delete told.in;
      if (Object.keys(told).length > 0) found.set(`${name}(${parameter})`, JSON.stringify(told));
    }
  }
  for (const [module, names] of Object.entries(data.exports)) {
    for (const [presence, text] of Object.entries(names)) if (has(presence)) for (const name of text.split(" ")) found.set(`from ${module} import ${name}`, "there");
  }
  for (const [list, values] of Object.entries(data.choices)) {
    for (const [presence, texts] of Object.entries(values)) if (has(presence)) found.set(`values of ${list}`, texts.join(" "));
  }
  return found;
}
