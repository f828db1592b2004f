/** What a FlatTree leaves out of the parser's tree, for either way of flattening. */
import { Kind, kindFlags } from "./kind.js";

/** Kinds whose children hang under no field that anybody asks for: for them the question isn't asked. */
const WITHOUT_FIELDS = kindFlags(
  Kind.module,
  Kind.block,
  Kind.argument_list,
  Kind.list,
  Kind.tuple,
  Kind.set,
  Kind.dictionary,
  Kind.expression_list,
  Kind.pattern_list,
  Kind.tuple_pattern,
  Kind.parenthesized_expression,
  Kind.expression_statement,
  Kind.string,
  Kind.concatenated_string,
  Kind.parameters,
  Kind.dotted_name,
  Kind.return_statement,
  Kind.conditional_expression,
);

/** Whether the fields of a kind's children are asked for. */
export function hasNamedFields(kind: number): boolean {
  return WITHOUT_FIELDS[kind] === 0;
}

/** Whether nothing below a node is kept. */
export function isLeaf(kind: number, text: string, start: number, end: number): boolean {
  return kind === Kind.token || kind === Kind.identifier || (kind === Kind.string && isPlainString(text, start, end));
}

/**
 * Whether a string is read from its text alone: its start, content and end are three nodes in every argument of every script. Not an
 * f-string, whose expressions count, and not one that the parser had to end itself.
 */
function isPlainString(text: string, start: number, end: number): boolean {
  for (let offset = start; offset < end; offset++) {
    const unit = text.charCodeAt(offset);
    if (unit === DOUBLE_QUOTE || unit === SINGLE_QUOTE) {
      return end - offset > 1 && text.charCodeAt(end - 1) === unit;
    }
    if ((unit | LOWER_CASE) === LETTER_F || (unit | LOWER_CASE) === LETTER_T) return false;
  }
  return false;
}

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const LOWER_CASE = 32;
const LETTER_F = 102;
const LETTER_T = 116;
