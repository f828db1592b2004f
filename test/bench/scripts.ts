/**
 * Training scripts to measure on: about 150 lines each, made of the snippets and the examples with other names, numbers and options.
 * The same scripts come out every time.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { randomFrom } from "../support/random.js";
import { parseSnippet, snippetVariants } from "../support/snippetGrammar.js";

export interface BenchScript {
  readonly name: string;
  readonly text: string;
}

/** A piece of a script: what it imports, and what it does. */
interface Part {
  readonly imports: readonly string[];
  readonly body: string;
}

/** What scripts hold besides the libraries' calls. */
const surroundings: Part = {
  imports: ["import argparse", "import json", "import logging", "import random", "from dataclasses import asdict, dataclass", "from pathlib import Path"],
  body: `logger = logging.getLogger(__name__)


@dataclass
class Options:
    """What the command line sets."""

    data: Path
    output: Path = Path("outputs")
    epochs: int = 3
    batch_size: int = 16
    learning_rate: float = 2e-5
    seed: int = 42


def parse_options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder of JSON lines")
    parser.add_argument("--output", type=Path, default=Path("outputs"))
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--learning-rate", type=float, default=2e-5)
    parser.add_argument("--seed", type=int, default=42)
    return Options(**vars(parser.parse_args()))


def read_rows(folder: Path, limit: int | None = None) -> list[dict[str, str]]:
    rows = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines if line.strip()]  # one object per line
    logger.info("read %d rows from %s", len(rows), folder)
    return rows if limit is None else random.sample(rows, min(limit, len(rows)))


def write_report(options: Options, results: dict[str, float]) -> None:
    options.output.mkdir(parents=True, exist_ok=True)
    report = {"options": {key: str(value) for key, value in asdict(options).items()}, **results}
    (options.output / "report.json").write_text(json.dumps(report, indent=2, sort_keys=True))
    for name, value in results.items():
        logger.info(f"{name:>20}: {value:.4f}")
`,
};

/** Names that people choose differently in each script. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  args: ["training_args", "config", "arguments"],
  trainer: ["sft_trainer", "my_trainer", "tr"],
  model: ["net", "policy", "base_model"],
  tokenizer: ["tok", "text_tokenizer", "processor"],
  dataset: ["data", "corpus", "raw_datasets"],
  outputs: ["generated", "output_ids", "results"],
};

/** A function makes each part: a new variation every time. */
export class ScriptGenerator {
  private readonly sources: readonly string[];
  private readonly random: () => number;

  constructor(root: string, seed = "bench") {
    const snippets = z
      .record(z.string(), z.object({ body: z.array(z.string()) }))
      .parse(JSON.parse(readFileSync(join(root, "snippets", "python.json"), "utf8")));
    const expanded = Object.values(snippets).flatMap(({ body }) =>
      snippetVariants(parseSnippet(body.join("\n"))).map(({ text }) => text.replaceAll("\t", "    ")),
    );
    const examples = readdirSync(join(root, "examples"))
      .filter((name) => name.endsWith(".py"))
      .sort()
      .map((name) => readFileSync(join(root, "examples", name), "utf8"));
    this.sources = [...expanded, ...examples];
    this.random = randomFrom(seed);
  }

  /** So many scripts, each of about so many lines. */
  scripts(count: number, lines = 150): readonly BenchScript[] {
    return Array.from({ length: count }, (_, number) => ({ name: `train_${number}.py`, text: this.script(number, lines) }));
  }

  /** One file of just so many lines. */
  fileOf(lines: number): string {
    const rows: string[] = [];
    for (let number = 0; rows.length < lines; number++) rows.push(...this.script(number, 150).split("\n"), "");
    // Cut where a statement of the module begins, so that the file is right, and filled up with comments to the line.
    let end = lines;
    while (end > 0 && !/^(?:def|class|import|from|@|if)\b/u.test(rows[end] ?? "")) end--;
    const cut = rows.slice(0, end);
    return [...cut, ...Array.from({ length: lines - cut.length }, (_, index) => `# ${index}`)].join("\n") + "\n";
  }

  private script(number: number, lines: number): string {
    const imports = new Set(surroundings.imports);
    const functions: string[] = [];
    const names: string[] = [];
    let size = surroundings.body.split("\n").length + 12;
    while (size < lines - 20) {
      const { imports: needed, body } = partOf(this.vary(this.pick(this.sources)));
      for (const statement of needed) imports.add(statement);
      const name = `stage_${names.length + 1}`;
      const stage = `def ${name}() -> None:\n${body.replace(/^(?=.)/gmu, "    ")}`;
      names.push(name);
      functions.push(stage);
      size += stage.split("\n").length + 2 + needed.length;
    }
    const main = `if __name__ == "__main__":\n    logging.basicConfig(level=logging.INFO)\n    options = parse_options()\n    random.seed(options.seed)\n${names.map((name) => `    ${name}()\n`).join("")}    write_report(options, {"stages": ${names.length}.0})`;
    return [`"""Experiment ${number}: written for measuring, not for running."""\n`, ...imports, "", surroundings.body, "", functions.join("\n\n\n"), "\n", main, ""].join("\n");
  }

  private vary(source: string): string {
    let text = source;
    for (const [name, others] of Object.entries(otherNames)) {
      if (this.random() < 0.5) continue;
      const other = this.pick(others);
      // Not a keyword's name, not an attribute, not inside a string or a longer name.
      text = text.replace(new RegExp(`(?<![\\w.\"'/-])${name}\\b(?!["'/-]|=[^=])`, "gu"), other);
    }
    return text.replace(/(?<==)\d{2,}(?=[,)])/gu, (digits) => String(Number(digits) * (1 + Math.floor(this.random() * 4))));
  }

  private pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) throw new Error("there is nothing to pick from");
    return item;
  }
}

/** Takes the imports out of a script, and its docstring. */
function partOf(source: string): Part {
  const imports: string[] = [];
  const body = source
    .replace(/^"""[^]*?"""\n/u, "")
    .replace(/^(?:from [\w.]+ import (?:\([^)]*\)|[^\n(]+)|import [^\n]+)\n/gmu, (statement) => {
      imports.push(statement.trimEnd());
      return "";
    });
  return { imports, body: `${body.trim()}\n`.replace(/\n{3,}/gu, "\n\n") };
}
