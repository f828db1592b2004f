/** Versions and ranges of them: order, specifiers, what lies within what. */
import { describe, expect, it } from "vitest";
import { compareVersions, parseVersion, VersionRange, type Version } from "../../server/src/environment/pep440.js";
import { Versions, type Holds, type VersionCondition } from "../../server/src/environment/versions.js";
import { randomFrom } from "../support/random.js";

function version(text: string): Version {
  const parsed = parseVersion(text);
  if (!parsed) throw new Error(`${text} is no version`);
  return parsed;
}

function range(text: string): VersionRange {
  const parsed = VersionRange.parse(text);
  if (!parsed) throw new Error(`${text} is no range`);
  return parsed;
}

/** Oldest first; the texts of one entry are the same version. */
const ascending: readonly (readonly string[])[] = [
  ["0.0.1.dev3"],
  ["0.4.2"],
  ["0.10", "0.10.0", "v0.10", "00.010.0"],
  ["0.10.1"],
  ["1.0.dev0", "1.dev", "1.0.0.dev0"],
  ["1.0a1.dev2"],
  ["1.0a1", "1.0alpha1", "1.0.a.1", "1.0-A1"],
  ["1.0b2", "1.0beta2"],
  ["1.0b2.post1"],
  ["1.0rc1.dev1"],
  ["1.0rc1", "1.0c1", "1.0pre1", "1.0-preview_1", "1.0.RC1"],
  ["1.0rc10"],
  ["1.0", "1", "1.0.0.0", "1.0+cu121", "1.0+local.build-7"],
  ["1.0.post0.dev1"],
  ["1.0.post0", "1.0.post", "1.0-0"],
  ["1.0.post4", "1.0-4", "1.0.rev4", "1.0r4"],
  ["1.0.1"],
  ["1.1.dev1"],
  ["1.1"],
  ["1.9"],
  ["1.10"],
  ["4.57.6"],
  ["5.0.0rc1"],
  ["5.0.0"],
  ["2024.1"],
  ["1!0.1"],
];

describe("versions", () => {
  it("are ordered as PEP 440 says, every one against every other", () => {
    ascending.forEach((older, i) =>
      ascending.forEach((newer, j) => {
        for (const a of older) for (const b of newer) expect(Math.sign(compareVersions(version(a), version(b))), `${a} ${b}`).toBe(Math.sign(i - j));
      }),
    );
  });

  it.each(["", "x", "1.", "1..2", ">=1", "1.0+", "1.0+a b", "1.0+a..b", "1!", "1.0.x", "==1", "1.0rc1rc2", "1.0.post1.post2", "1.0dev1rc1", "1_0", "1.0-1-1", "!1", "1 .0", "latest", "4.46,<5"])(
    "%j is none",
    (text) => {
      expect(parseVersion(text)).toBeUndefined();
    },
  );

  it("keep the text as it was written, without what surrounds it", () => {
    expect(parseVersion(" 4.46.0 ")?.text).toBe("4.46.0");
  });
});

describe("specifiers", () => {
  it.each<[specifiers: string, inside: string, outside: string]>([
    ["==4.46", "4.46 4.46.0 4.46+cu121", "4.46.1 4.45 4.46rc1 4.46.post1"],
    ["4.46", "4.46 4.46.0", "4.46.1 4.45"],
    ["===4.46", "4.46", "4.47"],
    ["!=4.46", "4.46.1 4.45 4.46.post1", "4.46 4.46.0"],
    [">=4.46", "4.46 4.46.post1 4.47 5.0", "4.45.9 4.45.post9"],
    [">4.46", "4.46.1 4.47", "4.46 4.46.0 4.46.post1 4.45"],
    [">4.46.post1", "4.46.post2 4.46.1", "4.46 4.46.post1"],
    ["<=4.46", "4.46 4.46rc1 4.45.9", "4.46.1 4.46.post1"],
    ["<5", "4.99.99 4.99.post1", "5 5.0.0 5.0.post1 6"],
    ["~=4.46", "4.46 4.46.1 4.47 4.99", "4.45 5.0 5.0.1"],
    ["~=4.46.1", "4.46.1 4.46.9 4.46.1.post1", "4.46.0 4.47 5.0"],
    ["==4.*", "4.0 4 4.57.6 4.1rc1", "3.9 5.0 40.1"],
    ["==4.46.*", "4.46 4.46.9 4.46.post1", "4.47 4.4 4.460"],
    ["!=4.46.*", "4.45.9 4.47", "4.46 4.46.1"],
    ["==1!2.*", "1!2 1!2.5", "2.5 1!3"],
    [">=4.46,<5", "4.46 4.57.6", "4.45 5.0"],
    [" >= 4.46 , < 5 ", "4.46", "5.0"],
    [">=4,!=4.46.*,!=4.50", "4.45 4.47 4.50.1", "4.46.3 4.50 3.9"],
    ["<4 || >=5", "3.9 5.0 6", "4.0 4.57.6"],
    ["==4.46 || ==4.48", "4.46 4.48", "4.47"],
    ["", "0.0.1 4.46 1!9", ""],
    ["*", "0.0.1 4.46", ""],
    [">=5,<4", "", "4 4.5 5"],
  ])("%j", (specifiers, inside, outside) => {
    const texts = (list: string): string[] => list.split(" ").filter((text) => text !== "");
    for (const text of texts(inside)) expect(range(`==${text}`).isWithin(range(specifiers)), `${text} in`).toBe(true);
    for (const text of texts(outside)) expect(range(`==${text}`).overlaps(range(specifiers)), `${text} out`).toBe(false);
  });

  it.each(["banana", ">=", "~=4", ">=4.*", "~=4.*", "==4.*.1", "=4", "=>4", ">=4,banana", "4.46 5", ">=4 <5", "^4.46", ">=4 || x"])("%j is none", (text) => {
    expect(VersionRange.parse(text)).toBeUndefined();
  });

  it.each([
    [">=5", "5.0.0rc1", true],
    ["<5", "5.0.0rc1", false],
    [">=5", "5.0.0.dev0", true],
    ["~=5.1", "5.1rc1", true],
    [">=5rc2", "5.0.0rc1", false],
    ["<5rc2", "5.0.0rc1", true],
    ["==5.*", "5.0.dev1", true],
    ["==4.*", "5.0.dev1", false],
  ])("a pre-release belongs to the release that it leads to: %s and %s", (specifiers, text, within) => {
    expect(range(`==${text}`).isWithin(range(specifiers))).toBe(within);
  });
});

describe("ranges", () => {
  it.each<[mine: string, other: string, within: boolean, overlaps: boolean]>([
    [">=4.46,<5", ">=4", true, true],
    [">=4", ">=4.46,<5", false, true],
    [">=4,<5", ">=4,<5", true, true],
    [">=4,<5", ">4,<5", false, true],
    ["<4", ">=4", false, false],
    ["<=4", ">=4", false, true],
    ["<4", ">3.9", false, true],
    ["==4.46.*", "~=4.46.0", true, true],
    ["!=4.46", ">=4.47", false, true],
    [">=4,!=4.46", ">=4", true, true],
    [">=4", ">=4,!=4.46", false, true],
    ["", "", true, true],
    ["", ">=0", false, true],
    ["==4.46", "!=4.46", false, false],
    ["==4.46 || ==4.48", ">=4,<5", true, true],
    ["==4.46 || ==5.1", ">=4,<5", false, true],
    ["", "<5 || >=5", true, true],
    [">=4", "<4.50 || >=4.46", true, true],
    ["", "<5 || >5", false, true],
    [">=3,<6", "==4.* || ==3.* || ==5.*", true, true],
    [">=4,<4", ">=9", true, false],
  ])("%j and %j", (mine, other, within, overlaps) => {
    expect(range(mine).isWithin(range(other))).toBe(within);
    expect(range(mine).overlaps(range(other))).toBe(overlaps);
    expect(range(other).overlaps(range(mine))).toBe(overlaps);
  });

  it.each([
    ["==4.46", "4.46"],
    ["4.46.1", "4.46.1"],
    [">=4.46,<=4.46", undefined],
    [">=4.46", undefined],
    ["==4.*", undefined],
    ["==4.46 || ==4.47", undefined],
    ["", undefined],
  ])("%j pins %s", (text, pinned) => {
    expect(range(text).exact?.text).toBe(pinned);
  });

  it("are empty when nothing can be in them", () => {
    expect(range(">=5,<4").isEmpty).toBe(true);
    expect(range(">4.46,<4.46.post1").isEmpty).toBe(true);
    expect(range("==4.46").and(range("==4.47")).isEmpty).toBe(true);
    expect(range("==4.46").and(range(">=4")).isEmpty).toBe(false);
  });

  it("agree with asking version by version", () => {
    const random = randomFrom("ranges");
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    const releases = Array.from({ length: 6 }, (_, major) => Array.from({ length: 6 }, (_unused, minor) => `${major}.${minor}`)).flat();
    const specifier = (): string => `${pick(["==", "!=", ">=", "<=", ">", "<", "~="])}${pick(releases)}`;
    const ranges = Array.from({ length: 30 }, () =>
      Array.from({ length: 1 + Math.floor(random() * 2) }, () => Array.from({ length: 1 + Math.floor(random() * 3) }, specifier).join(",")).join(" || "),
    );
    const members = (text: string): Set<string> => new Set(releases.filter((release) => range(`==${release}`).isWithin(range(text))));
    for (const left of ranges) {
      for (const right of ranges) {
        const [a, b] = [members(left), members(right)];
        if (range(left).isWithin(range(right))) expect([...a].every((release) => b.has(release)), `${left} within ${right}`).toBe(true);
        if ([...a].some((release) => b.has(release))) expect(range(left).overlaps(range(right)), `${left} overlaps ${right}`).toBe(true);
        const both = range(left).and(range(right));
        for (const release of releases) expect(range(`==${release}`).isWithin(both)).toBe(a.has(release) && b.has(release));
      }
    }
  });
});

describe("what holds for the versions of a script", () => {
  it.each<[known: Record<string, string>, condition: VersionCondition | undefined, holds: Holds]>([
    [{}, undefined, "always"],
    [{}, {}, "always"],
    [{}, { transformers: "" }, "always"],
    [{}, { transformers: ">=4.57" }, "sometimes"],
    [{ transformers: "5.18.0" }, { transformers: ">=4.57" }, "always"],
    [{ transformers: "4.46" }, { transformers: ">=4.57" }, "never"],
    [{ transformers: ">=4.46,<5" }, { transformers: ">=4.57" }, "sometimes"],
    [{ transformers: ">=4.57" }, { transformers: ">=4.57" }, "always"],
    [{ transformers: "<4.57" }, { transformers: ">=4.57" }, "never"],
    [{ transformers: "5.0.0rc1" }, { transformers: ">=5" }, "always"],
    [{ transformers: ">=4" }, { transformers: "<5 || >=5" }, "always"],
    [{ trl: "0.7.4" }, { trl: ">=0.4.2,<0.7.5", transformers: "<4.41" }, "sometimes"],
    [{ trl: "0.7.4", transformers: "4.35" }, { trl: ">=0.4.2,<0.7.5", transformers: "<4.41" }, "always"],
    [{ trl: "0.7.5", transformers: "4.35" }, { trl: ">=0.4.2,<0.7.5", transformers: "<4.41" }, "never"],
    [{ transformers: "4.35" }, { trl: "<0.7.5", transformers: ">=5" }, "never"],
  ])("%j and %j: %s", (known, condition, holds) => {
    expect(Versions.from(known, "a test").holds(condition)).toBe(holds);
  });

  it("leaves out what is no library or no version", () => {
    const versions = Versions.from({ numpy: "2.0", trl: "latest", transformers: "4.46" }, "a test");
    expect(versions.known()).toEqual(["transformers"]);
    expect(versions.fact("transformers")?.source).toBe("a test");
  });

  it("is narrowed by a branch on a version, and the versions outside stay as they were", () => {
    const versions = Versions.from({ transformers: ">=4.40,<6" }, "requirements.txt");
    const inside = versions.narrowed("transformers", range(">=5"), "if");
    expect(inside.holds({ transformers: ">=5" })).toBe("always");
    expect(versions.holds({ transformers: ">=5" })).toBe("sometimes");
    expect(Versions.unknown.narrowed("trl", range("<0.8"), "if").holds({ trl: ">=0.8" })).toBe("never");
  });

  it("refuses a rule's condition that is no range", () => {
    expect(() => Versions.unknown.holds({ trl: "new" })).toThrow("PEP 440");
  });

  it("has a key that tells versions apart and doesn't depend on their order", () => {
    const key = (texts: Record<string, string>): string => Versions.from(texts, "a test").key;
    expect(key({ trl: "1", transformers: "5" })).toBe(key({ transformers: "5", trl: "1" }));
    expect(key({ trl: "1" })).not.toBe(key({ trl: "2" }));
  });
});
