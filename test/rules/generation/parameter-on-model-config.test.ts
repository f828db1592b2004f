import rule from "../../../server/src/rules/generation/parameter-on-model-config.js";
import { ruleTest } from "../../support/ruleTest.js";
import { MODEL, NEW, OLD, one } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "the right place", code: `${MODEL}model.generation_config.num_beams = 4\nmodel.generate(ids)\n`, versions: NEW },
    { name: "the architecture", code: `${MODEL}model.config.use_cache = False\nmodel.generate(ids)\n`, versions: NEW },
    { name: "a special token", code: `${MODEL}model.config.pad_token_id = 0\nmodel.generate(ids)\n`, versions: NEW },
    { name: "nothing is generated", code: `${MODEL}model.config.num_beams = 4\n`, versions: NEW },
    { name: "written afterwards", code: `${MODEL}model.generate(ids)\nmodel.config.num_beams = 4\n`, versions: NEW },
    { name: "taken back", code: `${MODEL}model.config.max_length = None\nmodel.generate(ids)\n`, versions: NEW },
    { name: "the call brings its own", code: `${MODEL}model.config.num_beams = 4\nmodel.generate(ids, generation_config=GenerationConfig())\n`, versions: NEW },
  ],
  invalid: [
    { name: "from 5", code: `${MODEL}⟦model.config.num_beams⟧ = 4\nmodel.generate(ids)\n`, versions: NEW, findings: one("error", "raises ValueError"), fixed: `${MODEL}model.generation_config.num_beams = 4\nmodel.generate(ids)\n` },
    { name: "version unknown", code: `${MODEL}⟦model.config.max_length⟧ = 40\nmodel.generate(ids)\n`, findings: one("warning", "from transformers 5 on"), fixed: `${MODEL}model.generation_config.max_length = 40\nmodel.generate(ids)\n` },
    { name: "up to 4", code: `${MODEL}⟦model.config.do_sample⟧ = True\nmodel.generate(ids)\n`, versions: OLD, findings: one("hint", "still controls generation"), fixed: `${MODEL}model.generation_config.do_sample = True\nmodel.generate(ids)\n` },
  ],
});
