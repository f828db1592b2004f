import rule from "../../../server/src/rules/langchain/removed-import.js";
import { ruleTest } from "../../support/ruleTest.js";

const at = (langchain: string) => ({ versions: { langchain } });

ruleTest(rule, {
  valid: [
    { name: "the package of its own", code: "from langchain_huggingface import HuggingFacePipeline\nimport langchain\n", ...at("1.0.2") },
    { name: "another name", code: "from langchain.chains import LLMChain  # HuggingFacePipeline\n", ...at("1.0.2") },
    { name: "an own module", code: "import langchain\nfrom llms import HuggingFacePipeline\n", ...at("1.0.2") },
    { name: "caught", code: "try:\n    from langchain.llms import HuggingFacePipeline\nexcept ImportError:\n    from langchain_huggingface import HuggingFacePipeline\n", ...at("1.0.2") },
    { name: "caught with all else", code: "try:\n    from langchain.llms import HuggingFacePipeline\nexcept:\n    pass\n", ...at("1.0.2") },
    { name: "the fall-back", code: "try:\n    from langchain_huggingface import HuggingFacePipeline\nexcept ImportError:\n    from langchain.llms import HuggingFacePipeline\n", ...at("1.0.2") },
  ],
  invalid: [
    {
      name: "gone in 1.0",
      code: "from ⟦langchain.llms⟧ import HuggingFacePipeline\n",
      ...at("1.0.2"),
      findings: [{ message: "ModuleNotFoundError", severity: "error" }],
      unsafe: "from langchain_huggingface import HuggingFacePipeline\n",
    },
    { name: "version unknown", code: "from ⟦langchain.llms.huggingface_pipeline⟧ import HuggingFacePipeline as H\n", findings: [{ message: "from 1.0 on", severity: "warning" }] },
    { name: "deprecated before", code: "from ⟦langchain.llms⟧ import HuggingFacePipeline, OpenAI\n", ...at("0.2.1"), findings: [{ message: "deprecated", severity: "hint" }] },
    { name: "the community package", code: "from ⟦langchain_community.llms⟧ import HuggingFacePipeline\n", findings: [{ message: "langchain_community.llms is deprecated", severity: "hint" }] },
  ],
});
