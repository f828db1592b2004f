import rule from "../../../server/src/rules/transformers/padding-without-pad-token.js";
import { ruleTest } from "../../support/ruleTest.js";

const script = ({ checkpoint = "gpt2", load = "", set = "", args = "padding=True", after = "" } = {}): string =>
  `from transformers import AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained("${checkpoint}"${load})\n${set}batch = tokenizer(["a", "b"], ${args})\n${after}`;
const P = "⟦padding=True⟧";
const SET = "tokenizer.pad_token = tokenizer.eos_token\n";
const one = (message: string) => [{ message, severity: "error" }] as const;

ruleTest(rule, {
  valid: [
    { name: "set", code: script({ set: SET }) },
    { name: "set by id", code: script({ set: "tokenizer.pad_token_id = 0\n" }) },
    { name: "added", code: script({ set: 'tokenizer.add_special_tokens({"pad_token": "<pad>"})\n' }) },
    { name: "given", code: script({ load: ', pad_token="<|endoftext|>"' }) },
    { name: "options from outside", code: script({ load: ", **options" }) },
    { name: "a checkpoint that has one", code: script({ checkpoint: "bert-base-uncased" }) },
    { name: "a checkpoint that isn't known", code: script({ checkpoint: "me/mine" }) },
    { name: "no padding", code: script({ args: "truncation=True" }) },
    { name: "padding off", code: script({ args: "padding=False" }) },
    { name: "off by name", code: script({ args: 'padding="do_not_pad"' }) },
    { name: "from outside", code: script({ args: "padding=cli.padding" }) },
    { name: "set by other code", code: script({ set: "from mine import prepare\nprepare(tokenizer)\n" }) },
    { name: "set on one way", code: script({ set: "if tokenizer.pad_token is None:\n    tokenizer.pad_token = tokenizer.eos_token\n" }) },
    { name: "set in a function", code: script({ after: "def f():\n    tokenizer.pad_token = tokenizer.eos_token\n" }) },
    { name: "set by TRL's trainer", code: script({ set: 'from trl import SFTTrainer\nSFTTrainer(model="gpt2", processing_class=tokenizer, train_dataset=d)\n' }) },
    { name: "caught", code: "from transformers import AutoTokenizer\nt = AutoTokenizer.from_pretrained('gpt2')\ntry:\n    t('a', padding=True)\nexcept ValueError:\n    pass\n" },
  ],
  invalid: [
    { name: "GPT-2", code: script({ args: P }), findings: one("The tokenizer of gpt2 has no pad token"), fixed: script({ set: SET }) },
    { name: "to a length", code: script({ args: '⟦padding="max_length"⟧, max_length=8' }), findings: one("gpt2"), fixed: script({ set: SET, args: 'padding="max_length", max_length=8' }) },
    { name: "Llama", code: script({ checkpoint: "meta-llama/Llama-2-7b-hf", args: P }), findings: one("meta-llama/Llama-2-7b-hf"), fixed: script({ checkpoint: "meta-llama/Llama-2-7b-hf", set: SET }) },
    { name: "where the script trains", code: script({ args: P, after: "loss.backward()\n" }), findings: one("gpt2"), unsafe: script({ set: SET, after: "loss.backward()\n" }) },
    { name: "in a function", code: 'from transformers import AutoTokenizer\ndef main():\n    t = AutoTokenizer.from_pretrained("gpt2")\n    return t("a", ⟦padding=True⟧)\n', findings: one("gpt2"), fixed: 'from transformers import AutoTokenizer\ndef main():\n    t = AutoTokenizer.from_pretrained("gpt2")\n    t.pad_token = t.eos_token\n    return t("a", padding=True)\n' },
  ],
});
