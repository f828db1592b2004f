import rule from "../../../server/src/rules/generation/removed-decoding-mode.js";
import { ruleTest } from "../../support/ruleTest.js";
import { generate, MODEL, NEW, OLD, one, OTHER_MODEL } from "./support.js";

ruleTest(rule, {
  valid: [
    { name: "up to 4.55", code: generate("penalty_alpha=0.6, top_k=4"), versions: OLD },
    { name: "contrastive with sampling", code: generate("penalty_alpha=0.6, do_sample=True"), versions: NEW },
    { name: "contrastive with beams", code: generate("penalty_alpha=0.6, num_beams=2"), versions: NEW },
    { name: "contrastive with top_k 1", code: generate("penalty_alpha=0.6, top_k=1"), versions: NEW },
    { name: "penalty_alpha 0", code: generate("penalty_alpha=0.0"), versions: NEW },
    { name: "groups without beams are ignored", code: generate("num_beam_groups=2"), versions: NEW },
    { name: "one group", code: generate("num_beam_groups=1, num_beams=4"), versions: NEW },
    { name: "no dola", code: generate("dola_layers=None"), versions: NEW },
    { name: "beams missing: another rule's", code: generate("force_words_ids=[[1]]"), versions: NEW },
    { name: "trust_remote_code", code: generate("penalty_alpha=0.6, trust_remote_code=True"), versions: NEW },
    { name: "own code", code: generate('num_beams=4, num_beam_groups=2, custom_generate="me/groups"'), versions: NEW },
    { name: "an unknown splat", code: generate("penalty_alpha=0.6, **more"), versions: NEW },
    { name: "from the command line", code: generate("penalty_alpha=cli.alpha"), versions: NEW },
    { name: "another library's model", code: `import transformers\nfrom vllm import LLM\nLLM("x").generate(p, penalty_alpha=0.6)\n`, versions: NEW },
    { name: "the error is caught", code: `${MODEL}try:\n    model.generate(ids, penalty_alpha=0.6)\nexcept ValueError:\n    pass\n`, versions: NEW },
  ],
  invalid: [
    {
      name: "contrastive",
      code: generate("⟦penalty_alpha=0.6⟧, top_k=4"),
      versions: NEW,
      findings: one("error", "asks for contrastive search"),
      unsafe: generate('penalty_alpha=0.6, top_k=4, custom_generate="transformers-community/contrastive-search", trust_remote_code=True'),
    },
    { name: "contrastive, top_k by default", code: generate("⟦penalty_alpha=0.6⟧"), findings: one("warning", "from transformers 4.57 on generate() raises") },
    { name: "the checkpoint may sample", code: `${OTHER_MODEL}model.generate(ids, ⟦penalty_alpha=0.6⟧)\n`, versions: NEW, findings: one("warning", "contrastive search") },
    { name: "explicitly greedy", code: `${OTHER_MODEL}model.generate(ids, ⟦penalty_alpha=0.6⟧, do_sample=False, num_beams=1)\n`, versions: NEW, findings: one("error", "contrastive search") },
    { name: "groups", code: generate("num_beams=4, ⟦num_beam_groups=2⟧"), versions: NEW, findings: one("error", "group beam search") },
    { name: "in the GenerationConfig", code: `${MODEL}c = GenerationConfig(num_beams=4, ⟦num_beam_groups=2⟧)\nmodel.generate(ids, generation_config=c)\n`, versions: NEW, findings: one("error", "group beam search") },
    { name: "dola left one earlier", code: generate('⟦dola_layers="low"⟧'), versions: { transformers: "4.56.2" }, findings: one("error", "gone from transformers 4.56 on") },
    { name: "forced words with beams", code: generate("⟦force_words_ids=[[1]]⟧, num_beams=4"), versions: NEW, findings: one("error", "constrained beam search") },
  ],
});
