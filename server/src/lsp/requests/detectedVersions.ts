/** `hfPreflight/versions`: which versions a document is checked for, and how that is known. */
import { shownSource, shownVersion } from "../../environment/detection.js";
import { notesOn } from "../../environment/notes.js";
import type { Place } from "../../environment/detection.js";
import { documentParams, type DetectedVersions } from "../protocol/detectedVersions.js";
import type { Session } from "../session.js";

export async function detectedVersions({ checker, configurations, documents, environments, knowledge }: Session, params: unknown): Promise<DetectedVersions | null> {
  const { data } = documentParams.safeParse(params);
  const config = data && (await configurations.of(data.uri));
  const document = data && documents.get(data.uri);
  if (!document || !config || !checker.isChecked(document)) return null;
  await environments.ready(document);
  const { facts, versions } = environments.resolved(document, config);
  const { interpreter } = environments.detectionFor(document);
  const notes = notesOn(versions, { releases: (library) => knowledge.library(library)?.releases.texts ?? [] });
  return {
    interpreter: interpreter ? { path: interpreter.path, name: interpreter.name, source: interpreter.source, ...(interpreter.python === undefined ? {} : { python: interpreter.python }) } : null,
    libraries: facts.map((fact) => ({
      library: fact.library,
      version: shownVersion(fact),
      source: shownSource(fact),
      isUsed: document.text.includes(fact.library.replace(/-/g, "_")),
      ...placeOf(fact.place),
    })),
    problems: [...environments.problems(document).map(({ message, place }) => ({ message, ...placeOf(place) })), ...notes.map(({ message }) => ({ message }))],
  };
}

function placeOf(place: Place | undefined): { path?: string; line?: number } {
  return { ...(place && { path: place.path }), ...(place?.line === undefined ? {} : { line: place.line }) };
}
