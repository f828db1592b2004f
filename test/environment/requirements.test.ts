/** Requirements, one by one and in files: what pip understands, and what people write. */
import { describe, expect, it } from "vitest";
import { combined, type Declarations } from "../../server/src/environment/declared/declaration.js";
import { parsePoetryConstraint } from "../../server/src/environment/declared/poetryConstraint.js";
import { readRequirementsFile } from "../../server/src/environment/declared/requirementsFile.js";
import { VersionRange } from "../../server/src/environment/pep440.js";
import { libraries } from "../../server/src/environment/versions.js";

/** `transformers >=4.40,<5`, `trl unknown: reason`; what is wrong as `line: message`. */
function said({ declarations, problems }: Declarations): string[] {
  const facts = libraries.flatMap((library) => {
    const own = declarations.filter((each) => each.library === library);
    if (own.length === 0) return [];
    const fact = combined(own);
    return [`${library} ${fact === undefined ? "nothing fits" : fact.opaque === undefined ? fact.range.shown : `unknown: ${fact.opaque}`}`];
  });
  return [...facts, ...problems.map(({ line, message }) => `${line ?? "-"}: ${message}`)];
}

describe("a line of a requirements file", () => {
  const git = "unknown: it comes from a git repository";
  const address = "unknown: it comes from an address or a folder";
  const conditional = "unknown: it is asked for only under a condition";
  it.each<[string, string[]]>([
    ["transformers==4.46.3", ["transformers 4.46.3"]],
    ["transformers", ["transformers any version"]],
    ["Transformers[torch,sentencepiece] >= 4.40 , < 5  # why", ["transformers >=4.40,<5"]],
    ["transformers (>=4.40,<5)", ["transformers >=4.40,<5"]],
    ["sentence_transformers~=3.0", ["sentence-transformers ~=3.0"]],
    ["Sentence.Transformers===3.0.1", ["sentence-transformers 3.0.1"]],
    ["torch==2.3.0+cu121 --hash=sha256:0123 --hash=sha256:4567", ["torch 2.3.0+cu121"]],
    ["trl!=0.12.1,>=0.12", ["trl !=0.12.1,>=0.12"]],
    ["torch==2.*", ["torch ==2.*"]],
    ["transformers >=4.40rc1", ["transformers >=4.40rc1"]],
    ["numpy==1.26", []],
    ["transformers-stream-generator==0.0.5", []],
    ["pytorch-lightning==2.2", []],
    ["# transformers==4.46.3", []],
    ["--extra-index-url https://download.pytorch.org/whl/cu121", []],
    ["-f https://example.org/torch", []],
    ["-e .", []],
    ["-e .[train]", []],
    ['bitsandbytes==0.43 ; sys_platform == "linux"', [`bitsandbytes ${conditional}`]],
    ["bitsandbytes==0.43;sys_platform=='linux'", [`bitsandbytes ${conditional}`]],
    ["transformers @ git+https://github.com/huggingface/transformers", [`transformers ${git}`]],
    ["transformers[torch]@git+https://github.com/huggingface/transformers@main", [`transformers ${git}`]],
    ["transformers @ git+https://github.com/huggingface/transformers@v4.46.0", ["transformers 4.46.0"]],
    ["transformers @ git+https://github.com/huggingface/transformers.git@v4.46-release", [`transformers ${git}`]],
    ["git+https://github.com/huggingface/transformers.git", [`transformers ${git}`]],
    ["git+https://github.com/huggingface/trl@v0.12.1#egg=trl", ["trl 0.12.1"]],
    ["git+ssh://git@github.com/huggingface/peft.git@6c8f91b", [`peft ${git}`]],
    ["-e git+https://github.com/huggingface/peft.git@v0.13.0#egg=peft[extra]", ["peft 0.13.0"]],
    ["--editable=../transformers", [`transformers ${address}`]],
    ["./wheels/trl-0.12.1-py3-none-any.whl", ["trl 0.12.1"]],
    ["https://download.pytorch.org/whl/cu121/torch-2.3.0%2Bcu121-cp310-cp310-linux_x86_64.whl", ["torch 2.3.0+cu121"]],
    ["torch @ https://download.pytorch.org/whl/torch-2.3.0-1-cp310-cp310-linux_x86_64.whl ; python_version < '3.11'", [`torch ${conditional}`]],
    ["https://example.org/transformers-4.46.3.tar.gz#egg=transformers", ["transformers 4.46.3"]],
    ["https://github.com/huggingface/transformers/archive/refs/heads/main.zip#egg=transformers", [`transformers ${address}`]],
    ["transformers=4.46.3=pyhd8ed1ab_0", ["transformers 4.46.3"]],
    ["pytorch=2.3.0=py3.10_cuda12.1_cudnn8_0", ["torch 2.3.0"]],
    ["transformers=4.46", ['1: "transformers=4.46" is no requirement; write it like "transformers>=4.46,<5".']],
    ["transformers>=latest", ['1: "transformers>=latest" is no requirement; write it like "transformers>=4.46,<5".']],
    ["transformers 4.46", ['1: "transformers 4.46" is no requirement; write it like "transformers>=4.46,<5".']],
    ["transformers>5,<4", ['1: no version of transformers can be ">5,<4".']],
    ["===", []],
    ["\u0000\u0001 garbage \uFFFD", []],
  ])("%s", (line, expected) => {
    expect(said(readRequirementsFile(line))).toEqual(expected);
  });

  it("is joined at backslashes; comments, marks and line ends of every kind are understood", () => {
    const file = readRequirementsFile("\uFEFF# pinned\r\ntransformers==4.46.3 \\\r\n    --hash=sha256:aa \\\r\n    --hash=sha256:bb\r\n\r\ntrl\\\r\n==0.12.1\r\npeft>=0.13 \\");
    expect(said(file)).toEqual(["transformers 4.46.3", "trl 0.12.1", "peft >=0.13"]);
    expect(file.declarations.map(({ line }) => line)).toEqual([2, 6, 8]);
  });

  it("that names other files says which", () => {
    const { inclusions } = readRequirementsFile("-r base.txt\n-c constraints.txt # limits\n--requirement=a b.txt\n--constraint 'c d.txt'\n-rtight.txt\n");
    expect(inclusions).toEqual([
      { path: "base.txt", line: 1 },
      { path: "constraints.txt", line: 2 },
      { path: "a b.txt", line: 3 },
      { path: "c d.txt", line: 4 },
      { path: "tight.txt", line: 5 },
    ]);
  });
});

describe("several lines about one library", () => {
  it.each([
    ["limit together", ["transformers>=4.40", "transformers<5"], "transformers >=4.40,<5"],
    ["under markers are alternatives", ["torch==2.1; python_version<'3.9'", "torch==2.3; python_version>='3.9'"], "torch 2.1 or 2.3"],
    ["with and without a marker: what always holds counts", ["transformers>=4.40", "transformers<4.45; python_version<'3.9'"], "transformers >=4.40"],
    ["contradict each other", ["transformers>=4.40", "transformers<4"], "transformers nothing fits"],
    ["of which one is a repository: unknown", ["transformers>=4.40", "git+https://github.com/huggingface/transformers"], "transformers unknown: it comes from a git repository"],
  ])("%s", (_, lines, expected) => {
    expect(said(readRequirementsFile(lines.join("\n")))).toEqual([expected]);
  });
});

describe("Poetry's constraints mean", () => {
  it.each([
    ["^4.40", ">=4.40,<5"],
    ["^4.40.2", ">=4.40.2,<5"],
    ["^4", ">=4,<5"],
    ["^0.12", ">=0.12,<0.13"],
    ["^0.0.3", ">=0.0.3,<0.0.4"],
    ["^0.0", ">=0.0,<0.1"],
    ["^0", ">=0,<1"],
    ["~4.40.1", ">=4.40.1,<4.41"],
    ["~4.40", ">=4.40,<4.41"],
    ["~4", ">=4,<5"],
    ["~=4.40", "~=4.40"],
    ["4.46.3", "==4.46.3"],
    ["4.46.*", "==4.46.*"],
    [">=4.40 <5", ">=4.40,<5"],
    [">= 4.40, < 5", ">=4.40,<5"],
    ["^4.40 || ^5.0", ">=4.40,<6"],
    ["^4.40|^5.0", ">=4.40,<6"],
  ])("%s", (written, meant) => {
    const [mine, theirs] = [parsePoetryConstraint(written), VersionRange.parse(meant)];
    expect(mine && theirs && mine.isWithin(theirs) && theirs.isWithin(mine), mine?.text).toBe(true);
  });

  it("nothing where they limit nothing, and are refused where they mean nothing", () => {
    expect(parsePoetryConstraint("*")?.isAny).toBe(true);
    for (const text of ["latest", "^", "~x", ">=4,,oops", "^^4"]) expect(parsePoetryConstraint(text), text).toBeUndefined();
  });
});
