/** Where a rule's page is read on the web; the pages also ship with the extension, under the same path. */
import type { RuleId } from "../analysis/finding.js";

const PAGES = "https://github.com/hf-preflight/hf-preflight/blob/main/docs/rules/";

export function rulePage(id: RuleId): string {
  return `${PAGES}${id}.md`;
}
