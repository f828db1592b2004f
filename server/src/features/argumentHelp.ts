/** What is to be said about one argument of a library callable, in the versions that the script may meet: for hovers and completions. */
import type { Library, Versions } from "../environment/versions.js";
import type { Callable, Parameter } from "../knowledge/callable.js";
import { configOf } from "../knowledge/classes.js";
import { meaningOf } from "../knowledge/meanings.js";
import { successorOf } from "../knowledge/successors/index.js";
import { adviceOf } from "../knowledge/successors/successor.js";
import type { Standing } from "../knowledge/standing.js";

/** Markdown; undefined where nothing is known of such an argument. */
export function argumentHelp(callable: Callable, name: string, versions: Versions): string | undefined {
  const standing = callable.accepts(name, versions);
  if (!standing.ever) return undefined;
  const parameter = callable.parameter(name, versions);
  const meaning = meaningOf(callable.name, name);
  const paragraphs = [
    `\`\`\`python\n${signatureLine(name, parameter)}\n\`\`\``,
    meaning,
    parameter?.suggestions && `Values: ${parameter.suggestions.map((value) => `\`"${value}"\``).join(" · ")}`,
    parameter?.deprecated !== undefined && standing.in !== "none" ? deprecation(parameter) : undefined,
    standing.in === "none" ? whatInstead(callable.name, name) : undefined,
    history(standing, versions),
  ];
  return paragraphs.filter((paragraph) => paragraph !== undefined).join("\n\n");
}

/** What people have looked up for the arguments that are gone. */
function whatInstead(callable: string, name: string): string | undefined {
  const successor = successorOf(callable, name);
  if (!successor) return undefined;
  const config = configOf(callable).split(".").at(-1) ?? "";
  return adviceOf(successor) || (successor.remedy.kind === "move" ? `It is an argument of \`${config}\` now${successor.remedy.as ? `, called \`${successor.remedy.as[0] ?? name}\`` : ""}.` : undefined);
}

/** `eval_steps: float | None = None`, as Python would write it. */
function signatureLine(name: string, parameter: Parameter | undefined): string {
  const type = parameter?.type === undefined ? "" : `: ${parameter.type}`;
  const fallback = parameter?.default === undefined ? "" : type === "" ? `=${parameter.default}` : ` = ${parameter.default}`;
  return `${name}${type}${fallback}`;
}

function deprecation({ deprecated, replacement }: Parameter): string {
  return `**Deprecated**${replacement === undefined ? "" : `: use \`${replacement}\``}${deprecated && replacement === undefined ? `: ${deprecated}` : ""}`;
}

function history({ library, since, until, in: where }: Standing, versions: Versions): string {
  const spans = [since === undefined ? undefined : `since ${since}`, until === undefined ? undefined : `until ${until}`].filter((part) => part !== undefined);
  const mine = versionLabel(library, versions) ?? library;
  if (where === "none") return [`**Not accepted by ${mine}**`, ...spans].join(" · ");
  return `*${[mine, ...spans].join(" · ")}*`;
}

/** "transformers 4.57.6", "transformers >=4.46,<5"; undefined where the version is not known. */
export function versionLabel(library: Library, versions: Versions): string | undefined {
  const range = versions.fact(library)?.range;
  return range && `${library} ${range.exact?.text ?? range.text}`;
}
