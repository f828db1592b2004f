import rule from "../../../server/src/rules/generation/incompatible-options.js";
import { ruleTest } from "../../support/ruleTest.js";
import { one, TOKENIZER } from "./support.js";

const script = (args: string): string => `${TOKENIZER}from transformers import TextStreamer\nstreamer = TextStreamer(tokenizer)\nsmall = AutoModelForCausalLM.from_pretrained("distilgpt2")\nmodel.generate(**tokenizer("a", return_tensors="pt"), ${args})\n`;

ruleTest(rule, {
  valid: [
    { name: "a streamer", code: script("streamer=streamer") },
    { name: "beams", code: script("num_beams=4") },
    { name: "one beam", code: script("num_beams=1, streamer=streamer") },
    { name: "no streamer", code: script("num_beams=4, streamer=None") },
    { name: "perhaps a streamer", code: script("num_beams=4, streamer=cli.streamer") },
    { name: "a streamer of the script", code: script("num_beams=4, streamer=Mine()").replace("streamer = ", "class Mine:\n    pass\nstreamer = ") },
    { name: "beams from outside", code: script("num_beams=cli.beams, streamer=streamer") },
    { name: "stop strings", code: script('stop_strings=["."], tokenizer=tokenizer') },
    { name: "no stop strings", code: script("stop_strings=None") },
    { name: "an unknown splat", code: script('stop_strings=["."], **more') },
    { name: "assisted", code: script("assistant_model=small, num_return_sequences=1") },
    { name: "a loop from the Hub", code: script('stop_strings=["."], custom_generate="me/mine", trust_remote_code=True') },
    { name: "an object that isn't known", code: 'import transformers\nmodel.generate(x, stop_strings=["."])\n' },
  ],
  invalid: [
    { name: "a streamer with beams", code: script("num_beams=4, ⟦streamer=streamer⟧"), findings: one("error", "num_beams=4") },
    { name: "while sampling", code: script("num_beams=4, do_sample=True, ⟦streamer=streamer⟧"), findings: one("error", "A streamer can't follow") },
    { name: "explicitly not sampling", code: script("num_beams=2, do_sample=False, ⟦streamer=streamer⟧"), findings: one("error", "A streamer can't follow") },
    { name: "stop strings", code: script('⟦stop_strings=["."]⟧'), findings: one("error", "needs the tokenizer") },
    { name: "one stop string", code: script('⟦stop_strings="."⟧'), findings: one("error", "needs the tokenizer") },
    { name: "assisted, several", code: script("⟦assistant_model=small⟧, num_return_sequences=3, do_sample=True"), findings: one("error", "Assisted generation") },
  ],
});
