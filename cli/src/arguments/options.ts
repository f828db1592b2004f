/** The commands and their options, once: parsing, `--help` and "did you mean" all read these tables. */

export interface Option {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** The placeholder of the value in the help; an option without one is a switch. */
  readonly value?: string;
  /** The values there are, where there are only some. */
  readonly choices?: readonly string[];
  readonly help: string;
}

export interface Command {
  readonly name: string;
  /** What stands after the name: `[PATHS]...`. */
  readonly operands?: string;
  readonly mostOperands: number;
  readonly summary: string;
  readonly options: readonly Option[];
  /** Said below the options. */
  readonly notes?: string;
}

const help: Option = { name: "help", short: "h", help: "Print this help" };

export const outputFormats = ["full", "concise", "json", "sarif", "github"] as const;

export type OutputFormat = (typeof outputFormats)[number];

const plainFormats = ["text", "json"] as const;

const config: Option = { name: "config", value: "FILE", help: "Use this configuration file and no other; its patterns are relative to the working directory" };
const python: Option = { name: "python", value: "PATH", help: "The interpreter, or the folder of the environment, that the scripts run with; its packages are read, it is not run" };
const isolated: Option = { name: "isolated", help: "Read no configuration file and find out no versions" };
const versions: Option = {
  name: "versions",
  value: "LIST",
  help: "The versions to check for, and no others: transformers=4.46.3,trl=0.9 means exactly these, 'transformers>=4.46,<5' a range",
};

export const commands: readonly Command[] = [
  {
    name: "check",
    operands: "[PATHS]...",
    mostOperands: Infinity,
    summary: "Check Python files, and the Python files in folders (default: the working directory)",
    options: [
      { name: "fix", help: "Apply the safe fixes to the files, then report what remains" },
      { name: "unsafe-fixes", help: "Count fixes that change what the script does as well; with --fix or --diff, apply them too" },
      { name: "diff", help: "Print what --fix would change as a diff, and change nothing" },
      { name: "select", value: "RULES", help: "Use only these rules: ids, libraries or ALL, separated by commas; replaces the configuration's select and ignore" },
      { name: "ignore", value: "RULES", help: "Leave out these rules as well: ids, libraries or ALL, separated by commas" },
      { name: "output-format", value: "FORMAT", choices: outputFormats, help: "How to report" },
      { name: "stdin-filename", value: "PATH", help: "Read the script from stdin, as if it were this file; the path - reads stdin too" },
      python,
      versions,
      config,
      isolated,
      { name: "statistics", help: "Print how often each rule spoke instead of the findings" },
      { name: "exit-zero", help: "Exit with 0 although there are findings" },
      { name: "no-color", help: "No colours; so does the environment variable NO_COLOR" },
      { name: "quiet", short: "q", help: "Print findings and nothing else" },
      help,
    ],
    notes: `A folder is walked for *.py. Hidden folders, node_modules, __pycache__, site-packages and virtual environments are left out, and what the
configuration's exclude names. A file that is named on the command line is always checked. Files above 10 MB are refused.

Exit code 0: no errors and no warnings. 1: there are some. 2: a mistake in the call or in the configuration, or a file that could not be
read; the other files are still checked. Findings of severity information and hint don't change the exit code.`,
  },
  {
    name: "rule",
    operands: "[ID]",
    mostOperands: 1,
    summary: "Explain a rule, or list all of them",
    options: [{ name: "all", help: "List every rule" }, { name: "output-format", value: "FORMAT", choices: plainFormats, help: "How to print" }, help],
  },
  {
    name: "versions",
    operands: "[PATH]",
    mostOperands: 1,
    summary: "Print which library versions a script is checked for (default: the working directory)",
    options: [
      { name: "output-format", value: "FORMAT", choices: plainFormats, help: "How to print" },
      python,
      versions,
      config,
      isolated,
      { name: "no-color", help: "No colours; so does the environment variable NO_COLOR" },
      help,
    ],
    notes: `For each library the first of these that names its version counts: --versions (then nothing is found out) or the configuration; the
packages of the interpreter (--python, VIRTUAL_ENV, CONDA_PREFIX, .venv or venv beside or above the script); the script's own block
(# /// script); lock files; requirements and constraints; pyproject.toml; environment.yml; setup.cfg and Pipfile; last the python on
PATH, which nobody chose for this script. Files are looked for from the script's folder up to the root of its repository. Nothing is run.`,
  },
  {
    name: "server",
    mostOperands: 0,
    summary: "Start the language server",
    options: [{ name: "stdio", help: "Speak over stdin and stdout (the only way, and the default)" }, help],
  },
  { name: "version", mostOperands: 0, summary: "Print the version", options: [help] },
];

export function commandNamed(name: string): Command | undefined {
  return commands.find((command) => command.name === name);
}
