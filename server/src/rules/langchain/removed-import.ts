import { replaceNode } from "../../analysis/edits.js";
import { defineRule } from "../../analysis/rule.js";
import { NO_NODE } from "../../syntax/flatTree.js";
import { Field, Kind } from "../../syntax/kind.js";

/** Where the class was, in langchain itself and in the community package. */
const GONE = /^langchain\.llms(?:\.huggingface_pipeline)?\.HuggingFacePipeline$/;
const DEPRECATED = /^langchain_community\.llms(?:\.huggingface_pipeline)?\.HuggingFacePipeline$/;

export default defineRule({
  id: "langchain/removed-import",
  severity: "error",
  status: "stable",
  since: "0.2.0",
  libraries: ["langchain", "langchain-community"],
  mentions: ["HuggingFacePipeline"],
  versions: { langchain: ">=1.0" },
  messages: {
    removed: "langchain has no langchain.llms from 1.0 on: raises ModuleNotFoundError. Import HuggingFacePipeline from langchain_huggingface; its output includes the prompt.",
    deprecated: "HuggingFacePipeline of {module} is deprecated. Import it from langchain_huggingface; its output includes the prompt.",
  },
  docs: {
    summary: "HuggingFacePipeline imported from where it is no longer kept.",
    why: `\`langchain.llms\` was a re-export of \`langchain_community.llms\` from 0.1 on, with a warning, and is gone in langchain 1.0. The class lives in \`langchain_huggingface\`, a package of its own
(\`pip install langchain-huggingface\`). The new class returns the prompt with the answer unless the pipeline is built with \`return_full_text=False\`, so the fix is offered singly.`,
    examples: [
      {
        versions: { langchain: "1.0.2" },
        bad: `from langchain.llms import HuggingFacePipeline
`,
        good: `from langchain_huggingface import HuggingFacePipeline
`,
      },
    ],
    references: ["https://docs.langchain.com/oss/python/migrate/langchain-v1", "https://python.langchain.com/docs/integrations/llms/huggingface_pipelines/"],
    silent: "Inside `try`/`except ImportError`.",
  },
  check(ctx) {
    const { script } = ctx;
    const { tree } = script;
    for (const { node, source } of script.scopes.aliasing) {
      if (source.kind !== "imported") continue;
      const isGone = GONE.test(source.name);
      const statement = tree.closest(node, Kind.import_from_statement);
      if ((!isGone && !DEPRECATED.test(source.name)) || statement === NO_NODE) continue;
      const caught = ["ModuleNotFoundError", "Exception"].some((exception) => script.flow.isCaught(tree.start(node), exception)) || script.flow.isCaughtByAll(tree.start(node));
      if (caught) continue;
      const gone = isGone ? ctx.versionsAt(tree.start(node)).holds({ langchain: ">=1.0" }) : "never";
      const module = tree.child(statement, Field.module_name);
      const isAlone = tree.children(statement, Field.name).length === 1;
      ctx.report({
        message: gone === "never" ? "deprecated" : "removed",
        data: { module: tree.textOf(module) },
        at: tree.span(module),
        severity: gone === "never" ? "hint" : gone === "always" ? "error" : "warning",
        ...(gone === "never" ? { tags: ["deprecated"] as const } : { raises: "ImportError" }),
        fixes: isAlone ? [{ title: "Import it from langchain_huggingface, whose output includes the prompt", safety: "unsafe", edits: [replaceNode(tree, module, "langchain_huggingface")] }] : [],
      });
    }
  },
});
