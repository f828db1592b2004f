/** Modules that can't be imported, with the package that has them. */
import type { Explainer } from "./explanation.js";

/** Where the package is not called as the module. */
const PACKAGES: Readonly<Record<string, string>> = {
  bs4: "beautifulsoup4",
  cv2: "opencv-python",
  dotenv: "python-dotenv",
  faiss: "faiss-cpu",
  fitz: "pymupdf",
  flash_attn: "flash-attn",
  google: "protobuf",
  langchain_huggingface: "langchain-huggingface",
  mpi4py: "mpi4py",
  PIL: "pillow",
  pytorch_lightning: "pytorch-lightning",
  rouge_score: "rouge-score",
  sentence_transformers: "sentence-transformers",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  umap: "umap-learn",
  yaml: "pyyaml",
};

export const missingModules: Explainer = ({ type, message }) => {
  const missing = /No module named '([\w.]+)'/u.exec(message)?.[1];
  if (type === "ModuleNotFoundError" && missing !== undefined) return notInstalled(missing);
  if (type !== "ImportError" && type !== "ModuleNotFoundError" && !/^\S+ requires .* (?:library|to be installed)/u.test(message)) return undefined;
  const required = /requires (?:the )?[`"']?([A-Za-z][\w-]*)[`"']?(?: library)?(?: but it was not found| to be installed|: `pip install)|pip install (?:-U |--upgrade )?[`"']?([A-Za-z][\w-]*)/u.exec(message);
  const name = required?.[1] ?? required?.[2];
  const wanted = /requires (?:`|')?([\w-]+ ?[<>=]=? ?[\d.]+)/u.exec(message)?.[1];
  const unknown = /cannot import name '(\w+)' from '([\w.]+)'/u.exec(message);
  if (unknown?.[1] !== undefined && unknown[2] !== undefined) {
    const [library = ""] = unknown[2].split(".");
    return {
      kind: "missing-module",
      sentence: `${unknown[2]} has no ${unknown[1]} in the installed version.`,
      advice: [`Look up in which version of ${library} it exists: it may have been added later, moved or removed.`, `See what is installed: pip show ${PACKAGES[library] ?? library}`],
      details: { module: unknown[2], name: unknown[1] },
      ...(library === "trl" ? { ruleId: "trl/removed-import" } : library.startsWith("langchain") ? { ruleId: "langchain/removed-import" } : {}),
    };
  }
  if (wanted !== undefined) {
    return { kind: "missing-module", sentence: `A package is too old: ${wanted} is needed.`, advice: [`pip install "${wanted.replaceAll(" ", "")}"`], details: { module: wanted } };
  }
  return name === undefined ? undefined : notInstalled(name);
};

function notInstalled(module: string): ReturnType<Explainer> {
  const [top = module, second = ""] = module.split(".");
  const name = PACKAGES[top] ?? top;
  // A submodule that is missing from a package that is there: the version is another one than was meant.
  const advice = second === "" ? [`pip install ${name}, in the environment that runs the script.`] : [`pip install --upgrade ${name}: it isn't installed, or its version has no ${module}.`];
  return {
    kind: "missing-module",
    sentence: `The module ${module} is not installed for this interpreter.`,
    advice: [...advice, "If it is installed elsewhere, choose that interpreter."],
    details: { module, package: name },
  };
}
