// The linter. Its main duty is the house's arrows (ARCHITECTURE.md): a wrong import fails in the file where it is written.
import tseslint from "typescript-eslint";

/** Room -> the rooms of server/src that it may import from. */
const arrows = {
  syntax: [],
  environment: [],
  config: ["environment", "analysis/finding", "syntax/text"],
  knowledge: ["environment", "config"],
  script: ["syntax", "knowledge", "environment", "config"],
  analysis: ["syntax", "knowledge", "script", "environment", "config"],
  rules: ["syntax", "knowledge", "script", "analysis", "environment", "config"],
  features: ["syntax", "knowledge", "script", "analysis", "environment", "config"],
  lsp: ["syntax", "knowledge", "script", "analysis", "rules", "features", "environment", "config"],
};

/** These rooms are pure: no editor, no protocol, no disk, no processes. */
const pure = ["syntax", "script", "knowledge", "analysis", "rules", "features"];
const effects = ["vscode", "vscode-*", "node:*", "fs", "child_process"];

/** The half of environment that reads the disk. What it finds is handed to everybody else as plain data. */
const reading = ["asyncFiles", "disk", "detector", "projectVersions", "interpreter", "searchFolders", "grammars", "dataFiles", "installed/*", "gpus/driverFolder"];

const message = "This import goes against the arrows of ARCHITECTURE.md.";

function room(name, allowed) {
  const forbidden = Object.keys(arrows).filter((other) => other !== name && !allowed.includes(other));
  const group = forbidden.flatMap((other) => {
    const exception = allowed.filter((path) => path.startsWith(`${other}/`)).map((path) => `!**/${path}.js`);
    return [`../${other}/**`, `../../${other}/**`, `**/server/src/${other}/**`, ...exception];
  });
  const patterns = [
    ...(group.length > 0 ? [{ group, message }] : []),
    { group: ["**/client/src/**", "**/cli/src/**", "**/runner/src/**"], message },
  ];
  if (name !== "lsp" && name !== "environment") {
    patterns.push({ group: reading.map((file) => `**/environment/${file}.js`), message: "Only lsp and cli read the environment: take what they found." });
  }
  if (pure.includes(name)) patterns.push({ group: effects, message: `server/src/${name} is pure: no vscode, no protocol, no disk, no processes.` });
  return {
    files: [`server/src/${name}/**/*.ts`],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", ".cache/", "test-results/"] },
  ...tseslint.configs.strict.map((config) => ({ ...config, files: ["**/*.ts"] })),
  {
    files: ["**/*.ts"],
    rules: {
      "no-empty": ["error", { allowEmptyCatch: false }],
      eqeqeq: "error",
      "no-restricted-exports": "off",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  ...Object.entries(arrows).map(([name, allowed]) => room(name, allowed)),
  {
    files: ["client/src/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group: ["**/cli/src/**", "**/server/src/{syntax,script,knowledge,analysis,rules,features}/**"], message }] }] },
  },
  {
    files: ["runner/src/**/*.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ group: ["vscode", "vscode-*", "**/client/src/**", "**/cli/src/**", "**/server/src/**"], message }] }],
    },
  },
  {
    files: ["runner/src/output/**/*.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ group: [...effects, "../gpu/**", "../supervisor/**", "**/client/src/**", "**/cli/src/**", "**/server/src/**"], message: "runner/src/output is pure." }] }],
    },
  },
  {
    files: ["cli/src/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group: ["**/client/src/**"], message }] }] },
  },
);
