/** The file of the environments that the oracle is run with, and what is picked from it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chosenEnvironments, parseEnvironments, recordingsOf } from "../../scripts/oracle/environments.js";
import { SchedulesRecording, withSchedulesOf } from "../../scripts/oracle/schedules.js";

const text = readFileSync(new URL("../../scripts/oracle/environments.json", import.meta.url), "utf8");
const folder = new URL("rules/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
const environments = parseEnvironments(text);
const all = Object.entries(environments.environments);

/** The file with something put in place of something else. */
function changed(written: string, instead: string): string {
  expect(text).toContain(written);
  return text.replaceAll(written, instead);
}

describe("environments.json", () => {
  it.each(all)("%s holds the version that it is named for, and each package once", (name, { packages }) => {
    const [, library, version] = /^(.*)-([\d.]+)$/.exec(name) ?? [];
    expect(packages.some((each) => each.startsWith(`${library}==${version}.`) || each === `${library}==${version}`)).toBe(true);
    expect(new Set(packages.map((each) => each.split("==")[0])).size).toBe(packages.length);
  });

  it.each(all)("%s concerns recordings that are there", (_, environment) => {
    for (const rule of environment.rules) expect([rule, existsSync(new URL(rule, folder)) || existsSync(new URL(`${rule}.json`, folder))]).toEqual([rule, true]);
    expect(recordingsOf(environment, files).length > 0 || environment.schedules).toBe(true);
  });

  it("leaves out no recording", () => {
    const covered = new Set(all.flatMap(([, environment]) => recordingsOf(environment, files)));
    expect(files.filter((file) => !covered.has(file.replaceAll("\\", "/")))).toEqual([]);
  });

  it("has every version that the schedules were recorded with", () => {
    const { outcomes } = SchedulesRecording.parse(JSON.parse(readFileSync(new URL("schedules.json", import.meta.url), "utf8")));
    const versions = all.filter(([, { schedules }]) => schedules).flatMap(([, { packages }]) => packages.filter((each) => each.startsWith("transformers==")).map((each) => each.slice("transformers==".length)));
    expect(versions.sort()).toEqual(Object.keys(outcomes).sort());
  });

  it.each([
    ["a version that isn't exact", changed("torch==2.7.1", "torch>=2"), "a package with its exact version"],
    ["a base that isn't there", changed('"torch-2.7": {', '"torch-2.8": {'), "there is no base torch-2.7"],
    ["an unknown key", changed('"preload"', '"preloads"'), 'Unrecognized key: "preloads"'],
  ])("refuses %s", (_, broken, message) => expect(() => parseEnvironments(broken)).toThrow(message));
});

describe("choosing", () => {
  it("takes a name, a library's name for all its versions, and everything where nothing is named", () => {
    const names = (...given: string[]): string[] => chosenEnvironments(environments, given).map(([name]) => name);
    expect(names("trl-0.19")).toEqual(["trl-0.19"]);
    expect(names("peft", "trl-0.19").sort()).toEqual([...all.map(([name]) => name).filter((name) => name.startsWith("peft-")), "trl-0.19"].sort());
    expect(names()).toEqual(all.map(([name]) => name));
    expect(() => names("trl-0.190")).toThrow(/There is no environment trl-0\.190\. There are: .*trl-0\.19,/);
  });

  it("finds the recordings of a folder and of a single rule, and no others that begin alike", () => {
    const environment = { base: "torch-2.7", packages: [], libraries: [], preload: [], rules: ["trl/moved", "peft"] };
    expect(recordingsOf(environment, ["trl/moved.json", "trl/moved-to-config.json", "peft/b.json", "peft/a.json", "peft-x/a.json"])).toEqual(["peft/a.json", "peft/b.json", "trl/moved.json"]);
  });
});

describe("a version's schedules", () => {
  const before = JSON.stringify({ recorded: "then", raises: "x", accepts: ".", arguments: ["a=1", "b=2"], outcomes: { "4.57.6": "x." } });
  const said = (...rows: [string, string][]): string => JSON.stringify({ version: "4.46.3", rows });

  it("are put beside the others, in order", () => {
    const { version, text: after } = withSchedulesOf(before, said(["a=1", ""], ["b=2", "ValueError"]));
    expect(version).toBe("4.46.3");
    expect(Object.entries(SchedulesRecording.parse(JSON.parse(after)).outcomes)).toEqual([["4.46.3", ".x"], ["4.57.6", "x."]]);
  });

  it("are refused when they are about other arguments, or raise something else", () => {
    expect(() => withSchedulesOf(before, said(["a=1", ""]))).toThrow("other argument sets");
    expect(() => withSchedulesOf(before, said(["a=1", ""], ["c=2", ""]))).toThrow("first c=2");
    expect(() => withSchedulesOf(before, said(["a=1", "TypeError"], ["b=2", ""]))).toThrow("transformers 4.46.3 raises TypeError for a=1");
  });
});
