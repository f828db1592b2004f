import { defineRule } from "../../analysis/rule.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { truthOf } from "../../script/values.js";
import { argumentSetsOf } from "./argumentSets.js";

/** What simpletransformers hands to `wandb.init` itself. */
const HANDED_ON = ["project", "config"] as const;

export default defineRule({
  id: "simpletransformers/wandb-not-started",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["simpletransformers"],
  mentions: ["wandb_kwargs"],
  messages: {
    noProject: "wandb_kwargs without wandb_project: no run is started and nothing is logged. Set wandb_project.",
    twice: 'simpletransformers gives {name} to wandb.init itself: "{name}" in wandb_kwargs raises TypeError when training starts. {instead}',
  },
  docs: {
    summary: "wandb options of simpletransformers that start no run, or break its start.",
    why: `A run is started by \`wandb_project\`; \`wandb_kwargs\` alone are never looked at. They are passed on as \`wandb.init(project=args.wandb_project, config=..., **args.wandb_kwargs)\`, so
\`project\` or \`config\` among them raises \`TypeError: ... got multiple values for keyword argument\`.`,
    examples: [
      {
        bad: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(wandb_kwargs={"name": "first"})
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df)
`,
        good: `from simpletransformers.classification import ClassificationArgs, ClassificationModel

args = ClassificationArgs(wandb_project="sentiment", wandb_kwargs={"name": "first"})
model = ClassificationModel("roberta", "roberta-base", args=args)
model.train_model(train_df)
`,
      },
    ],
    references: ["https://github.com/ThilinaRajapakse/simpletransformers/blob/v0.70.5/simpletransformers/classification/classification_model.py"],
    silent: "In scripts that start wandb themselves, with `wandb.init` or a sweep.",
  },
  check({ script, report }) {
    const startsItself = /\bwandb\.(?:init|agent|sweep)\b/.test(script.text);
    for (const { train, read } of argumentSetsOf(script)) {
      const options = read("wandb_kwargs");
      const project = read("wandb_project").value;
      if (!train || options.entry === NO_NODE || options.value.kind !== "record") continue;
      if (project.kind === "absent" && !startsItself && truthOf(options.value) === true) report({ message: "noProject", at: script.tree.span(options.entry) });
      if (truthOf(project) !== true) continue;
      for (const name of HANDED_ON) {
        const entry = options.value.entries.get(name);
        const instead = name === "project" ? "Put it into wandb_project." : "Take it out.";
        if (entry) report({ message: "twice", severity: "error", data: { name, instead }, at: script.tree.span(entry.entry), raises: "TypeError" });
      }
    }
  },
});
