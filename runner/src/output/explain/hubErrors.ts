/** Models and datasets of the Hub that can't be had: not there, not allowed, no network; and their files that can't be read. */
import type { Explainer } from "./explanation.js";

const REPOSITORY = /(?:huggingface\.co\/(?:api\/)?(?:models\/|datasets\/)?([\w.-]+\/[\w.-]+?)(?:\/|[.\s]|$)|Couldn't reach '([^']+)' on the Hub|(?:gated repo|repository|model|dataset|repo)\s+['"`]?([\w.-]+\/[\w.-]+)['"`]?)/iu;

export const hubErrors: Explainer = ({ type, message }, tail) => {
  const words = `${type}: ${message}`;
  const repository = (REPOSITORY.exec(message) ?? REPOSITORY.exec(tail))?.slice(1).find((group) => group !== undefined);
  const name = repository ?? "the model or dataset";
  const details = repository === undefined ? {} : { details: { repository } };
  if (/GatedRepo|gated repo|Access to model .* is restricted|403 Client Error|awaiting a review/iu.test(words)) {
    return {
      kind: "hub",
      sentence: `The Hub doesn't let this account use ${name}: it is gated.`,
      advice: ["Accept its conditions on its page on the Hub.", "Log in with a token of that account: `hf auth login` (older: `huggingface-cli login`).", "A fine-grained token also needs the right to read gated repositories."],
      ...details,
    };
  }
  if (/401 Client Error|Invalid user token|Invalid credentials/iu.test(words)) {
    return {
      kind: "hub",
      sentence: `The Hub refused the login for ${name}: the token is missing or not valid, or there is no such repository.`,
      advice: ["Check the name for a typing error.", "Log in again: `hf auth login` (older: `huggingface-cli login`)."],
      ...details,
    };
  }
  if (/LocalEntryNotFound|couldn't connect to|Couldn't reach .* on the Hub|OfflineModeIsEnabled|offline mode is enabled|Max retries exceeded|NameResolutionError|ConnectError|Failed to establish a new connection|outgoing traffic has been disabled/iu.test(words)) {
    return {
      kind: "hub",
      sentence: `${capitalised(name)} isn't in the local cache, and the Hub can't be reached.`,
      advice: ["Check the network, or the proxy variables.", "Unset HF_HUB_OFFLINE, or download it beforehand: `hf download NAME`."],
      ...details,
    };
  }
  if (/RepositoryNotFound|404 Client Error|DatasetNotFound|is not a local folder and is not a valid model identifier|doesn't exist on the Hub/iu.test(words)) {
    return {
      kind: "hub",
      sentence: `There is no ${repository ?? "such model or dataset"} on the Hub, and no local folder of that name.`,
      advice: ["Check the name for a typing error.", "If it is private, log in: `hf auth login`.", "A local folder is named from the working directory of the run."],
      ...details,
    };
  }
  if (/EntryNotFound|does not appear to have a file named/iu.test(words)) {
    return { kind: "hub", sentence: `${capitalised(name)} lacks a file that is needed: ${short(message)}`, advice: ["Check that the folder holds a whole model: config.json, weights, and the tokenizer's files."], ...details };
  }
  if (type === "SafetensorError" || /Error while deserializing header|safetensors/u.test(message) && /Error/u.test(type) && /header|corrupt|incomplete|invalid/iu.test(message)) {
    return {
      kind: "missing-file",
      sentence: `A weights file can't be read: ${short(message)}`,
      advice: ["It is probably cut off: delete it (or the model's folder in the cache) and download it again.", "A file of a few hundred bytes is a Git LFS pointer: run `git lfs pull`."],
    };
  }
  if (/Couldn't instantiate the backend tokenizer|data did not match any variant of untagged enum|tokenizer\.json/u.test(message)) {
    return { kind: "missing-file", sentence: `The tokenizer's files can't be read: ${short(message)}`, advice: ["Upgrade tokenizers and transformers: the file may be of a newer format.", "Some tokenizers also need sentencepiece or tiktoken: pip install sentencepiece"] };
  }
  return undefined;
};

function short(message: string): string {
  const [first = ""] = message.split("\n");
  return first.length > 200 ? `${first.slice(0, 199)}…` : first;
}

function capitalised(text: string): string {
  return text.replace(/^the /u, "The ");
}
