/** The help texts, from the tables of options. */
import { commands, type Command, type Option } from "./options.js";

const WIDTH = 110;

export function generalHelp(): string {
  const list = commands.map(({ name, summary }) => entry(`  ${name}`, summary, 12));
  return `Finds what would fail or go silently wrong in a Hugging Face training script.

Usage: hf-preflight <COMMAND>

Commands:
${list.join("\n")}

"hf-preflight <COMMAND> --help" says more.
`;
}

export function commandHelp(command: Command): string {
  const column = Math.max(...command.options.map((option) => signature(option).length)) + 2;
  const list = command.options.map((option) => entry(signature(option), optionHelp(option), column));
  const usage = ["hf-preflight", command.name, "[OPTIONS]", command.operands].filter((part) => part !== undefined).join(" ");
  return `${command.summary}

Usage: ${usage}

Options:
${list.join("\n")}
${command.notes === undefined ? "" : `\n${command.notes}\n`}`;
}

function signature({ name, short, value }: Option): string {
  return `  ${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` <${value}>`}`;
}

function optionHelp({ help, choices }: Option): string {
  return choices ? `${help}: ${choices.join(", ")} (default: ${choices[0] ?? ""})` : help;
}

/** A left column and a text that is wrapped beside it. */
function entry(left: string, text: string, column: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1] ?? "";
    if (line !== "" && column + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.map((line, index) => (index === 0 ? left.padEnd(column) : " ".repeat(column)) + line).join("\n");
}
