/** The program behind the terminal, apart from the process that it runs in. */
import type { Rule } from "../../server/src/analysis/rule.js";
import { didYouMean } from "../../server/src/config/nearestName.js";
import { commandHelp, generalHelp } from "./arguments/help.js";
import { commandNamed, commands } from "./arguments/options.js";
import { parseArguments } from "./arguments/parse.js";
import { ExitCode, Mistake } from "./mistake.js";
import { ReaderGone, type Output } from "./terminal/output.js";

/** What the commands are given. */
export interface Program {
  readonly rules: readonly Rule[];
  /** The folder with the two wasm files. */
  readonly grammars: string;
  /** The folder with what is known of each library. */
  readonly knowledge: string;
  /** The folder in which the NVIDIA driver tells of the machine's GPUs. */
  readonly gpus: string;
  /** The bundle that watches a run. */
  readonly supervisor: string;
  /** The Python file that makes a smoke run of a script. */
  readonly smokeWrapper: string;
  readonly version: string;
  readonly cwd: string;
  /** Where the script that is checked will run, for the check before a run. */
  readonly runsIn?: string;
  readonly output: Output;
  /** Starts the language server in this process; it ends with the process. */
  readonly startServer: () => Promise<void>;
}

/** @returns the exit code (of `run`: the script's), or undefined while the language server goes on. */
export async function runProgram(argv: readonly string[], program: Program): Promise<number | undefined> {
  try {
    return await run(argv, program);
  } catch (error) {
    if (error instanceof ReaderGone) return ExitCode.clean;
    if (!(error instanceof Mistake)) throw error;
    program.output.complain(error.message);
    return ExitCode.mistake;
  }
}

async function run(argv: readonly string[], program: Program): Promise<number | undefined> {
  const [name, ...rest] = argv;
  const { output } = program;
  if (name === undefined) {
    output.complain(generalHelp().trimEnd());
    return ExitCode.mistake;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    const topic = rest[0] === undefined ? undefined : commandNamed(rest[0]);
    output.print(topic ? commandHelp(topic) : generalHelp());
    return ExitCode.clean;
  }
  if (name === "--version" || name === "-V") return print(`hf-preflight ${program.version}\n`, output);
  const command = commandNamed(name);
  if (!command) {
    const hint = /\.py$|[\\/]/.test(name) ? ` Did you mean "hf-preflight check ${name}"?` : didYouMean(name, commands.map((each) => each.name));
    throw new Mistake(`Unknown ${name.startsWith("-") ? "option" : "command"} "${name}".${hint || ' See "hf-preflight --help".'}`);
  }
  const args = parseArguments(command, rest);
  if (args.has("help")) return print(commandHelp(command), output);
  switch (command.name) {
    case "check":
      return (await import("./commands/check.js")).check(args, program);
    case "rule":
      return (await import("./commands/rule.js")).rule(args, program);
    case "versions":
      return (await import("./commands/versions.js")).versions(args, program);
    case "run":
      return (await import("./commands/run.js")).run(args, program);
    case "runs":
      return (await import("./commands/runs.js")).runs(args, program);
    case "logs":
      return (await import("./commands/logs.js")).logs(args, program);
    case "stop":
      return (await import("./commands/stop.js")).stop(args, program);
    case "server":
      await program.startServer();
      return undefined;
    default:
      return print(`hf-preflight ${program.version}\n`, output);
  }
}

function print(text: string, output: Output): ExitCode {
  output.print(text);
  return ExitCode.clean;
}
