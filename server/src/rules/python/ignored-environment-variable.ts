import { defineRule } from "../../analysis/rule.js";
import { stringOf, type Value } from "../../script/values.js";

interface Variable {
  /** What becomes of it from transformers 5 on. */
  readonly effect: string;
  readonly instead: string;
}

/** Read by transformers 4, with a warning that it goes away in 5. */
const VARIABLES: Readonly<Record<string, Variable>> = {
  WANDB_DISABLED: { effect: "it switches nothing off", instead: 'Pass report_to="none"' },
  TRANSFORMERS_CACHE: { effect: "models are kept in the default cache", instead: "Set HF_HOME, or HF_HUB_CACHE" },
};

const SINCE = { transformers: ">=5.0" };

export default defineRule({
  id: "python/ignored-environment-variable",
  severity: "warning",
  status: "stable",
  since: "0.2.0",
  libraries: ["transformers", "trl", "peft", "sentence-transformers", "simpletransformers"],
  mentions: ["WANDB_DISABLED", "TRANSFORMERS_CACHE"],
  versions: SINCE,
  messages: {
    ignored: "{name} is never read from transformers 5 on: {effect}. {instead}.",
    deprecated: "{name} is deprecated, and never read from transformers 5 on. {instead}.",
  },
  docs: {
    summary: "An environment variable that transformers no longer reads.",
    why: `transformers 5 doesn't read \`WANDB_DISABLED\` any more: trackers are chosen with \`report_to\`, which is \`"none"\` by default. Nor \`TRANSFORMERS_CACHE\`: the cache is where \`HF_HOME\` or
\`HF_HUB_CACHE\` say, so that models are downloaded a second time, to another disk maybe.`,
    examples: [
      {
        versions: { transformers: "5.1.0" },
        bad: `import os

os.environ["TRANSFORMERS_CACHE"] = "/data/models"

from transformers import AutoModel
`,
        good: `import os

os.environ["HF_HUB_CACHE"] = "/data/models"

from transformers import AutoModel
`,
      },
    ],
    references: ["https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/utils/hub.py", "https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables"],
    silent: "Where the script sets what replaces it too.",
  },
  check(ctx) {
    const { script } = ctx;
    const writes = script.environmentWrites();
    for (const { name, value, node } of writes) {
      const variable = VARIABLES[name];
      if (!variable || isOff(name, value) || isReplaced(name, script.text, writes.map((each) => each.name))) continue;
      const at = script.tree.span(node);
      const holds = ctx.versionsAt(at.start).holds(SINCE);
      const data = { name, ...variable };
      if (holds === "never") ctx.report({ message: "deprecated", severity: "hint", tags: ["deprecated"], data, at });
      else ctx.report({ message: "ignored", severity: holds === "always" ? "warning" : "information", data, at });
    }
  },
});

/** `WANDB_DISABLED=false`: nothing was to be switched off. */
function isOff(name: string, value: Value): boolean {
  return name === "WANDB_DISABLED" && /^(?!(?:1|on|yes|true)$)/i.test(stringOf(value) ?? "true");
}

function isReplaced(name: string, text: string, written: readonly string[]): boolean {
  return name === "WANDB_DISABLED" ? /\breport_to\b|WANDB_MODE/.test(text) : written.some((each) => each === "HF_HOME" || each === "HF_HUB_CACHE");
}
