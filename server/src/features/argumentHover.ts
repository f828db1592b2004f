/** What a hover says on the name of an argument: in a call of a library's, or in a dict that is unpacked into one. */
import type { Versions } from "../environment/versions.js";
import type { Knowledge } from "../knowledge/knowledge.js";
import type { Script } from "../script/script.js";
import type { Span } from "../syntax/text.js";
import { callablesBehind } from "./libraryCall.js";
import { argumentHelp } from "./argumentHelp.js";
import { argumentAt } from "./argumentPlace.js";

export interface ArgumentHover {
  readonly range: Span;
  readonly markdown: string;
}

export function argumentHoverAt(script: Script, offset: number, knowledge: Knowledge, versions: Versions): ArgumentHover | undefined {
  const place = argumentAt(script, offset);
  const name = place?.argument.name;
  if (!place?.isName || name === undefined || place.call.name === undefined) return undefined;
  const here = script.flow.versionsAt(place.call.span.start, versions);
  const callable = callablesBehind(place.call.name, knowledge).find((each) => each.accepts(name, here).ever);
  const markdown = callable && argumentHelp(callable, name, here);
  return markdown === undefined ? undefined : { range: script.tree.span(place.argument.key), markdown };
}
