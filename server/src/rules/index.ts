/** Every rule, in the order of the catalogue. A new rule is one import and one entry here. */
import type { Rule } from "../analysis/rule.js";

export const rules: readonly Rule[] = [];
