/** Annotations as a reader wants them: one spelling whatever the release, short, without module paths. */

const LONGEST = 80;
const LOWER: Readonly<Record<string, string>> = { List: "list", Dict: "dict", Tuple: "tuple", Set: "set", Type: "type", FrozenSet: "frozenset" };

export function shortType(annotation: string): string | undefined {
  const text = normal(annotation.replace(/#.*$/gm, "").replace(/\s+/g, " ").trim(), 0);
  if (text === "" || text === "Any") return undefined;
  return text.length <= LONGEST ? text : text.replace(/\[[^[\]]*(?:\[[^[\]]*\][^[\]]*)*\]/g, "").slice(0, LONGEST);
}

/** The members of a union, `None` included. */
export function unionOf(annotation: string): string[] {
  return members(annotation.replace(/#.*$/gm, "").replace(/\s+/g, " ").trim());
}

function normal(text: string, depth: number): string {
  const parts = [...new Set(members(text).map((part) => single(part, depth)))];
  const withoutNone = parts.filter((part) => part !== "None");
  return [...withoutNone, ...(parts.length > withoutNone.length ? ["None"] : [])].join(" | ");
}

function members(text: string): string[] {
  const quoted = /^(["'])(.*)\1$/.exec(text);
  if (quoted && !quoted[2]?.includes(quoted[1] ?? "")) return members(quoted[2] ?? "");
  const parts = split(text, "|");
  if (parts.length > 1) return parts.flatMap(members);
  const generic = /^(?:typing\.)?(Optional|Union)\[(.*)\]$/.exec(text);
  if (!generic) return [text];
  const inner = split(generic[2] ?? "", ",").flatMap(members);
  return generic[1] === "Optional" ? [...inner, "None"] : inner;
}

function single(text: string, depth: number): string {
  const generic = /^([\w.]+)\[(.*)\]$/.exec(text);
  if (!generic) return /^[\w.]+$/.test(text) ? leaf(text) : text;
  const name = leaf(generic[1] ?? "");
  if (name === "Literal") return `Literal[${generic[2] ?? ""}]`.replaceAll("'", '"').replace(/,\s*\]$/, "]");
  if (name === "Callable" || depth > 1) return name;
  return `${name}[${split(generic[2] ?? "", ",").map((part) => normal(part, depth + 1)).join(", ")}]`;
}

function leaf(path: string): string {
  const name = path.slice(path.lastIndexOf(".") + 1);
  return LOWER[name] ?? name;
}

/** Splits outside of brackets and quotes. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quote !== "") quote = c === quote ? "" : quote;
    else if (c === '"' || c === "'") quote = c;
    else if ("[({".includes(c)) depth++;
    else if ("])}".includes(c)) depth--;
    else if (c === separator && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts.filter((part) => part !== "");
}
