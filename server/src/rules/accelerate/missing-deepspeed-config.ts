import { defineRule } from "../../analysis/rule.js";
import { configurationGiven, deepspeedUses } from "./deepspeedUses.js";

/** Code that may put the file there, or go to where it is, before it is read. */
const MAKES_FILES = /\b(?:chdir|json\.dump|write_text|write_bytes|writelines|copy2?|copyfile|copytree|\w*download\w*|extractall|open\([^)\n]*["'][wax]b?\+?["'])/;

export default defineRule({
  id: "accelerate/missing-deepspeed-config",
  severity: "warning",
  status: "stable",
  since: "0.3.0",
  libraries: ["transformers", "trl", "accelerate", "sentence-transformers"],
  mentions: ["deepspeed", "DeepSpeed"],
  messages: {
    missing: "There is no {path}{looked}: unless the script runs elsewhere, raises ValueError when {class} is built.",
    certain: "There is no {path} where the script runs: raises ValueError when {class} is built. Correct the path.",
    broken: "{path} is no JSON ({what}): raises {exception} when {class} is built. Correct the file.",
  },
  docs: {
    summary: "A DeepSpeed configuration file that isn't there, or is no JSON.",
    why: `\`deepspeed="ds.json"\` is looked for in the working directory, which need not be the script's folder. Where there is no such file the text is taken for the configuration itself, in base64, and
that raises \`ValueError: Expected a string path to an existing deepspeed config, or a dictionary, or a base64 encoded string\`. A file with a comment, a comma too many or single quotes raises
\`JSONDecodeError\`. What is wrong inside the file is shown there too.`,
    examples: [
      {
        title: "not JSON",
        files: { "ds.json": '{\n  "bf16": { "enabled": "auto" },  // as the arguments say\n  "zero_optimization": { "stage": 2 }\n}\n', "zero2.json": '{\n  "bf16": { "enabled": "auto" },\n  "zero_optimization": { "stage": 2 }\n}\n' },
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", bf16=True, deepspeed="ds.json")
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", bf16=True, deepspeed="zero2.json")
`,
      },
      {
        title: "missing",
        files: { "ds_zero2.json": null, "configs/ds_zero2.json": '{\n  "zero_optimization": { "stage": 2 }\n}\n' },
        bad: `from transformers import TrainingArguments

args = TrainingArguments("out", deepspeed="ds_zero2.json")
`,
        good: `from transformers import TrainingArguments

args = TrainingArguments("out", deepspeed="configs/ds_zero2.json")
`,
      },
    ],
    references: [
      "https://github.com/huggingface/accelerate/blob/v1.10.1/src/accelerate/utils/deepspeed.py",
      "https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/training_args.py",
    ],
    silent: "For a path that isn't written out; where the script changes its folder, or writes, copies or downloads files that could be it. Looked in are the workspace's folder (the terminal's working directory), the script's, and those between.",
  },
  check(ctx) {
    const { script } = ctx;
    for (const use of deepspeedUses(script)) {
      const given = configurationGiven(use, ctx);
      const at = script.tree.span(use.argument.entry);
      const data = { class: use.call.method, path: given && "path" in given ? shortened(given.path) : "" };
      if (given?.kind === "missing" && !MAKES_FILES.test(script.text)) {
        const { isCertain, looked } = given.file;
        if (isCertain) ctx.report({ message: "certain", severity: "error", data, at, raises: "ValueError" });
        else ctx.report({ message: "missing", data: { ...data, looked: shownFolders(looked) }, at, raises: "ValueError" });
      } else if (given?.kind === "broken" && !MAKES_FILES.test(script.text)) {
        const { file, problem } = given;
        // An outermost list is read without complaint, and asked for its keys.
        const exception = problem.what.startsWith("its outermost value") ? "AttributeError" : "JSONDecodeError";
        ctx.report({ message: "broken", severity: "error", data: { ...data, what: problem.what, exception }, at, raises: exception, related: [{ message: problem.what, range: problem.span, file }] });
      }
    }
  },
});

function shortened(path: string): string {
  return path.length > 34 ? `…${path.slice(-33)}` : path;
}

/** ` in project or project/scripts`; the last two of many folders are worth naming least. */
function shownFolders(folders: readonly string[]): string {
  const [first, second, ...more] = folders.map((folder) => (folder.length > 18 ? `…${folder.slice(-17)}` : folder));
  if (first === undefined) return "";
  if (second === undefined) return ` in ${first}`;
  return more.length === 0 ? ` in ${first} or ${second}` : ` in ${first}, ${second} or between`;
}
