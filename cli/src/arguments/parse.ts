/** Reads a command line against a command's table of options. */
import { didYouMean } from "../../../server/src/config/nearestName.js";
import { Mistake } from "../mistake.js";
import type { Command, Option } from "./options.js";

export class ParsedArguments {
  constructor(
    private readonly values: ReadonlyMap<string, readonly string[]>,
    /** What is no option: paths, a rule's id. */
    readonly operands: readonly string[],
  ) {}

  has(option: string): boolean {
    return this.values.has(option);
  }

  /** The last value given. */
  value(option: string): string | undefined {
    return this.values.get(option)?.at(-1);
  }

  /** All values given, taken apart at commas. */
  list(option: string): string[] | undefined {
    return this.values
      .get(option)
      ?.flatMap((value) => value.split(","))
      .map((value) => value.trim())
      .filter((value) => value !== "");
  }

  all(option: string): readonly string[] {
    return this.values.get(option) ?? [];
  }
}

/** @throws Mistake for unknown options, missing or unknown values, too many operands. */
export function parseArguments(command: Command, argv: readonly string[]): ParsedArguments {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? "";
    if (argument === "--") {
      operands.push(...argv.slice(index + 1));
      break;
    }
    if (!argument.startsWith("-") || argument === "-") {
      operands.push(argument);
      continue;
    }
    const equals = argument.startsWith("--") ? argument.indexOf("=") : -1;
    const written = equals < 0 ? argument : argument.slice(0, equals);
    const option = optionWritten(command, written);
    if (option.value === undefined) {
      if (equals >= 0) throw new Mistake(`The option --${option.name} takes no value.`);
      values.set(option.name, []);
      continue;
    }
    const value = equals >= 0 ? argument.slice(equals + 1) : argv[++index];
    values.set(option.name, [...(values.get(option.name) ?? []), checkedValue(option, value)]);
  }
  if (operands.length > command.mostOperands) {
    throw new Mistake(`Too many arguments for ${command.name}: "${operands[command.mostOperands] ?? ""}". See hf-preflight ${command.name} --help.`);
  }
  return new ParsedArguments(values, operands);
}

function optionWritten(command: Command, written: string): Option {
  const found = command.options.find(({ name, short }) => written === `--${name}` || (short !== undefined && written === `-${short}`));
  if (found) return found;
  const hint = didYouMean(written, command.options.map(({ name }) => `--${name}`));
  throw new Mistake(`Unknown option "${written}" for ${command.name}.${hint || ` ${command.unknownOption ?? `See hf-preflight ${command.name} --help.`}`}`);
}

function checkedValue(option: Option, value: string | undefined): string {
  if (value === undefined || value === "") throw new Mistake(`The option --${option.name} needs a value: --${option.name} ${option.value ?? ""}.`);
  if (option.choices && !option.choices.includes(value)) {
    throw new Mistake(`"${value}" is no ${option.name}.${didYouMean(value, option.choices) || ` There are ${option.choices.join(", ")}.`}`);
  }
  return value;
}
