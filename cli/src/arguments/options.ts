/** The commands and their options, once: parsing, `--help` and "did you mean" all read these tables. */
import { launchers } from "../../../runner/src/launchers.js";

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
  /** Said of an option that there isn't, where no known one is near. */
  readonly unknownOption?: string;
  /** Said below the options. */
  readonly notes?: string;
}

const help: Option = { name: "help", short: "h", help: "Print this help" };

export const outputFormats = ["full", "concise", "json", "sarif", "github"] as const;

export type OutputFormat = (typeof outputFormats)[number];

const plainFormats = ["text", "json"] as const;

const config: Option = { name: "config", value: "FILE", help: "Use this configuration file and no other; its patterns are relative to the working directory" };
const python: Option = { name: "python", value: "PATH", help: "The interpreter, or the folder of the environment, that the scripts run with; its packages are read, it is not run" };
const runsDir: Option = { name: "runs-dir", value: "DIR", help: "Where runs are kept; so says the environment variable HF_PREFLIGHT_RUNS (default: your state folder)" };
const isolated: Option = { name: "isolated", help: "Read no configuration file and find out no versions" };
const versions: Option = {
  name: "versions",
  value: "LIST",
  help: "The versions to check for, and no others: transformers=4.46.3,trl=0.9 means exactly these, 'transformers>=4.46,<5' a range, bitsandbytes=none that it isn't installed",
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
    name: "run",
    operands: "SCRIPT [-- ARGS]",
    mostOperands: Infinity,
    summary: "Check a script, run it on the local GPUs and watch it; the run outlives this terminal",
    options: [
      { name: "gpu", value: "GPUS", help: "The GPUs to use: numbers as nvidia-smi counts them (0,1), auto for the one with most free memory, all, or none (default: all)" },
      { name: "python", value: "PATH", help: "The interpreter, or the folder of its environment (default: the activated one, else .venv beside or above the script)" },
      { name: "cwd", value: "DIR", help: "The working directory of the script (default: this one)" },
      { name: "env", value: "K=V", help: "Set an environment variable; may be given several times" },
      { name: "launcher", value: "NAME", choices: launchers, help: "What starts the script" },
      { name: "processes", value: "N", help: "How many processes torchrun, accelerate or deepspeed start" },
      { name: "smoke", help: "A short trial: few steps and samples, nothing saved; it says what it changes" },
      { name: "no-check", help: "Don't check the script before it runs" },
      { name: "detach", help: "Print the run's id and return; the run goes on" },
      runsDir,
      { name: "no-color", help: "No colours; so does the environment variable NO_COLOR" },
      help,
    ],
    unknownOption: "What is meant for the script goes after --: hf-preflight run train.py -- --epochs 3",
    notes: `Errors of the check go to stderr and stop nothing. Ctrl-C asks the script to stop (SIGINT), a second one sends SIGTERM, a third SIGKILL. A
hang-up leaves the run alone: "hf-preflight logs -f ID" shows it again.

Exit code: the script's own; 128 and the signal's number where a signal ended it; 2 where the script could not be started.`,
  },
  {
    name: "runs",
    mostOperands: 0,
    summary: "List the runs, the newest first",
    options: [{ name: "output-format", value: "FORMAT", choices: plainFormats, help: "How to print" }, runsDir, { name: "no-color", help: "No colours; so does the environment variable NO_COLOR" }, help],
    notes: `The editor's runs are among them. A run that is lost ended when nobody was there to see how: its supervisor was killed, or the machine was
restarted.`,
  },
  {
    name: "logs",
    operands: "ID",
    mostOperands: 1,
    summary: "Print what a run's script printed",
    options: [{ name: "follow", short: "f", help: "Go on until the run ends" }, runsDir, help],
    notes: "The beginning of an id is enough where it is the only one.",
  },
  {
    name: "stop",
    operands: "ID",
    mostOperands: 1,
    summary: "Ask a run to stop, then insist; returns when it is gone",
    options: [{ name: "timeout", value: "SECONDS", help: "How long to wait after SIGINT before SIGTERM, and after that before SIGKILL (default: 30)" }, runsDir, help],
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
