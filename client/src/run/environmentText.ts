/** The environment as it is typed into the form. Pure. */

/** Reads one `NAME=value` per line. */
export function parseEnvironment(text: string): { readonly env: Readonly<Record<string, string>>; readonly problem?: string } {
  const env: Record<string, string> = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const parts = /^([A-Za-z_]\w*)=(.*)$/u.exec(line);
    if (parts === null) return { env, problem: `“${line}” in the environment is not NAME=value.` };
    env[parts[1] ?? ""] = parts[2] ?? "";
  }
  return { env };
}
