import { describe, expect, it } from "vitest";
import { Versions } from "../../server/src/environment/versions.js";
import { Releases } from "../../server/src/knowledge/releases.js";
import { VersionRange } from "../../server/src/environment/pep440.js";
import { Knowledge } from "../../server/src/knowledge/knowledge.js";
import { fakeKnowledge } from "../support/fakeKnowledge.js";

const at = (versions: Readonly<Record<string, string>>): Versions => Versions.from(versions, "--versions");

describe("the stored releases that a version stands for", () => {
  const releases = new Releases(["4.40.0", "4.41.0", "4.41.2", "4.57.6", "5.0.0", "5.18.0"]);
  it.each([
    ["4.41.0", ["4.41.0"]],
    // Between two patches of a minor release it may behave like either.
    ["4.41.1", ["4.41.0", "4.41.2"]],
    ["4.41.3", ["4.41.2"]],
    ["4.50", ["4.41.2"]],
    ["4.57.0", ["4.57.6"]],
    ["5.0.0rc1", ["5.0.0"]],
    ["4.41.0.dev0", ["4.41.0"]],
    ["6.1", ["5.18.0"]],
    ["4.39.3", []],
    [">=5", ["5.0.0", "5.18.0"]],
    [">=4.41,<5", ["4.41.0", "4.41.2", "4.57.6"]],
    [">=6", ["5.18.0"]],
    ["<4.30", []],
    ["", ["4.40.0", "4.41.0", "4.41.2", "4.57.6", "5.0.0", "5.18.0"]],
  ])("%s", (text, expected) => {
    const range = VersionRange.parse(text) ?? VersionRange.any;
    expect(releases.matching(range).map((index) => releases.texts[index])).toEqual(expected);
  });

  it("says which ranges they make up", () => {
    expect(releases.rangeText([0])).toBe(">=4.40.0,<4.41.0");
    expect(releases.rangeText([1, 2, 4, 5])).toBe(">=4.41.0,<4.57.6 || >=5.0.0");
    expect(releases.rangeText([])).toBeUndefined();
  });

  it("knows what is newer than all of them", () => {
    expect(releases.isOlderThan(VersionRange.parse("5.19") ?? VersionRange.any)).toBe(true);
    expect(releases.isOlderThan(VersionRange.parse(">=5") ?? VersionRange.any)).toBe(false);
  });
});

describe("whether a keyword is accepted", () => {
  const accepts = (callable: string, keyword: string, versions: Readonly<Record<string, string>> = {}): string | undefined => fakeKnowledge.callable(callable)?.accepts(keyword, at(versions)).in;
  const TA = "transformers.TrainingArguments";

  it("by version", () => {
    expect(accepts(TA, "evaluation_strategy", { transformers: "4.40.0" })).toBe("all");
    expect(accepts(TA, "evaluation_strategy", { transformers: "4.46.1" })).toBe("none");
    expect(accepts(TA, "evaluation_strategy", { transformers: ">=4.45,<4.47" })).toBe("some");
    expect(accepts(TA, "evaluation_strategy")).toBe("some");
    expect(accepts(TA, "output_dir")).toBe("all");
    expect(accepts(TA, "epochs")).toBe("none");
  });

  it("says since when and until when", () => {
    const standing = fakeKnowledge.callable(TA)?.accepts("eval_strategy", Versions.unknown);
    expect(standing).toMatchObject({ since: "4.41.0", until: undefined, present: ">=4.41.0", absent: ">=4.40.0,<4.41.0", ever: true, library: "transformers" });
    expect(fakeKnowledge.callable(TA)?.accepts("evaluation_strategy", Versions.unknown)).toMatchObject({ since: undefined, until: "4.46.0" });
    expect(fakeKnowledge.callable(TA)?.accepts("epochs", Versions.unknown)).toMatchObject({ ever: false, present: undefined });
  });

  it("nothing of versions older than the data", () => {
    expect(accepts(TA, "evaluation_strategy", { transformers: "4.20" })).toBe("unknown");
    expect(accepts(TA, "epochs", { transformers: "4.20" })).toBe("unknown");
  });

  it("what **kwargs would swallow is unknown, what is read out of it is accepted", () => {
    expect(accepts("transformers.Trainer.train", "model_path", { transformers: "4.46.3" })).toBe("all");
    expect(accepts("transformers.Trainer.train", "model_path", { transformers: "5.0.0" })).toBe("none");
    expect(accepts("transformers.Trainer.train", "anything", { transformers: "4.46.3" })).toBe("unknown");
  });

  it("what the sources don't tell is unknown", () => {
    expect(accepts("trl.SFTTrainer", "infinite", { trl: "0.8.6" })).toBe("unknown");
    expect(accepts("trl.SFTTrainer", "infinite", { trl: "1.13.0" })).toBe("none");
  });

  it("a base's arguments by the base's version", () => {
    expect(accepts("trl.SFTConfig", "evaluation_strategy", { trl: "1.13.0", transformers: "5.0.0" })).toBe("none");
    expect(accepts("trl.SFTConfig", "evaluation_strategy", { trl: "0.9.6", transformers: "4.40.0" })).toBe("all");
    expect(accepts("trl.SFTConfig", "evaluation_strategy", { trl: "0.9.6" })).toBe("some");
    expect(accepts("trl.SFTConfig", "max_seq_length", { trl: "0.9.6", transformers: "4.40.0" })).toBe("all");
    expect(accepts("trl.SFTConfig", "max_seq_length", { trl: "1.13.0" })).toBe("none");
    expect(accepts("trl.SFTConfig", "max_length")).toBe("some");
    // trl 0.8.6 has no SFTConfig, so a script with one is not for it.
    expect(accepts("trl.SFTConfig", "nonsense")).toBe("none");
    expect(accepts("trl.SFTConfig", "nonsense", { trl: "0.8.6" })).toBe("unknown");
    expect(accepts("trl.SFTConfig", "save_strategy", { trl: ">=0.9" })).toBe("all");
  });

  it("a method of a subclass is its base's", () => {
    expect(accepts("trl.SFTTrainer.train", "model_path", { transformers: "5.0.0" })).toBe("none");
    expect(fakeKnowledge.callable("trl.SFTTrainer.train")?.name).toBe("transformers.Trainer.train");
  });

  it("nothing at all without data", () => {
    expect(Knowledge.none.callable(TA)).toBeUndefined();
    expect(fakeKnowledge.callable("transformers.Nothing")).toBeUndefined();
  });
});

describe("what is known of a parameter", () => {
  it("its type, default and values in the newest version that may be met", () => {
    const of = (name: string, versions: Readonly<Record<string, string>>): unknown => fakeKnowledge.callable("transformers.TrainingArguments")?.parameter(name, at(versions));
    expect(of("output_dir", { transformers: "4.40.0" })).toMatchObject({ type: "str", default: undefined, position: 0 });
    expect(of("output_dir", { transformers: "5.0.0" })).toMatchObject({ type: "str | None", default: "None" });
    expect(of("save_strategy", { transformers: "4.40.0" })).toMatchObject({ choices: ["no", "steps", "epoch"], position: 6 });
    expect(of("save_strategy", {})).toMatchObject({ choices: ["no", "steps", "epoch", "best"], position: 5 });
    expect(of("evaluation_strategy", { transformers: "4.45.2" })).toMatchObject({ deprecated: "removed in 4.46", replacement: "eval_strategy" });
    expect(of("evaluation_strategy", { transformers: "5.0.0" })).toMatchObject({ replacement: "eval_strategy" });
    expect(of("nothing", {})).toBeUndefined();
  });

  it("a base's, with what the class says otherwise", () => {
    const config = fakeKnowledge.callable("trl.SFTConfig");
    expect(config?.parameter("eval_steps", at({ trl: "1.13.0" }))).toMatchObject({ type: "float | None", position: 3 });
    expect(config?.parameter("save_strategy", at({ trl: "1.13.0" }))).toMatchObject({ default: "'epoch'" });
    expect(config?.keywords(at({ trl: "1.13.0", transformers: "5.0.0" }))).toEqual(
      "output_dir do_eval eval_strategy eval_steps max_steps save_strategy max_length packing".split(" "),
    );
  });
});

it("exports by version", () => {
  const exported = (name: string, versions: Readonly<Record<string, string>> = {}): string | undefined => fakeKnowledge.exported("transformers", name, at(versions))?.in;
  expect(exported("AdamW", { transformers: "4.46.0" })).toBe("all");
  expect(exported("AdamW", { transformers: "5.0.0" })).toBe("none");
  expect(exported("AdamW")).toBe("some");
  expect(exported("Nonsense")).toBe("none");
  expect(fakeKnowledge.exported("transformers", "Nonsense", Versions.unknown)?.ever).toBe(false);
  expect(fakeKnowledge.exported("transformers.models", "Anything", Versions.unknown)).toBeUndefined();
});
