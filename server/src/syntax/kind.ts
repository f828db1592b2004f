/**
 * The node kinds of tree-sitter-python that the Script model reads, as small numbers.
 *
 * A grammar may give several symbol ids the same name (aliases); here one name is one number. What is named in the grammar but not
 * listed here is `Kind.other`; anonymous tokens are `Kind.token` and kept only where they carry a field (an operator).
 */
const kindNames = [
  "other",
  "token",
  "ERROR",
  "module",
  "block",
  "comment",
  "identifier",
  "attribute",
  "subscript",
  "slice",
  "call",
  "argument_list",
  "keyword_argument",
  "list_splat",
  "dictionary_splat",
  "expression_statement",
  "assignment",
  "augmented_assignment",
  "named_expression",
  "type",
  "pattern_list",
  "tuple_pattern",
  "list_pattern",
  "list_splat_pattern",
  "dictionary_splat_pattern",
  "expression_list",
  "parenthesized_expression",
  "conditional_expression",
  "boolean_operator",
  "not_operator",
  "comparison_operator",
  "binary_operator",
  "unary_operator",
  "await",
  "yield",
  "lambda",
  "lambda_parameters",
  "integer",
  "float",
  "true",
  "false",
  "none",
  "ellipsis",
  "string",
  "string_start",
  "string_content",
  "string_end",
  "escape_sequence",
  "interpolation",
  "type_conversion",
  "format_specifier",
  "concatenated_string",
  "list",
  "tuple",
  "set",
  "dictionary",
  "pair",
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
  "for_in_clause",
  "if_clause",
  "import_statement",
  "import_from_statement",
  "future_import_statement",
  "aliased_import",
  "dotted_name",
  "relative_import",
  "wildcard_import",
  "if_statement",
  "elif_clause",
  "else_clause",
  "while_statement",
  "for_statement",
  "try_statement",
  "except_clause",
  "except_group_clause",
  "finally_clause",
  "with_statement",
  "with_clause",
  "with_item",
  "as_pattern",
  "as_pattern_target",
  "match_statement",
  "case_clause",
  "case_pattern",
  "function_definition",
  "class_definition",
  "decorated_definition",
  "decorator",
  "parameters",
  "default_parameter",
  "typed_parameter",
  "typed_default_parameter",
  "keyword_separator",
  "positional_separator",
  "return_statement",
  "raise_statement",
  "break_statement",
  "continue_statement",
  "pass_statement",
  "delete_statement",
  "assert_statement",
  "global_statement",
  "nonlocal_statement",
  "exec_statement",
  "print_statement",
  "type_alias_statement",
] as const;

export type KindName = (typeof kindNames)[number];

/** Kind name -> number, e.g. `Kind.call`. */
export const Kind = Object.fromEntries(kindNames.map((name, index) => [name, index])) as { readonly [Name in KindName]: number };

/** By kind, 1 for those of a list: for questions that are asked of every node. */
export function kindFlags(...kinds: readonly number[]): Uint8Array {
  const flags = new Uint8Array(256);
  for (const kind of kinds) flags[kind] = 1;
  return flags;
}

export function kindName(kind: number): KindName {
  return kindNames[kind] ?? "other";
}

/** The fields of tree-sitter-python that the model reads; 0 is "no field". */
const fieldNames = [
  "none",
  "alias",
  "alternative",
  "argument",
  "arguments",
  "attribute",
  "body",
  "cause",
  "condition",
  "consequence",
  "definition",
  "expression",
  "function",
  "guard",
  "key",
  "left",
  "module_name",
  "name",
  "object",
  "operator",
  "operators",
  "parameters",
  "return_type",
  "right",
  "subject",
  "subscript",
  "superclasses",
  "type",
  "value",
] as const;

export type FieldName = (typeof fieldNames)[number];

/** Field name -> number, e.g. `Field.left`. */
export const Field = Object.fromEntries(fieldNames.map((name, index) => [name, index])) as { readonly [Name in FieldName]: number };

/** For each symbol id of the loaded grammar its `Kind`, and for each field id its `Field`; -1 drops an anonymous token. */
export interface GrammarTables {
  readonly kindOfSymbol: Int16Array;
  readonly fieldOfId: Uint8Array;
}

const ANONYMOUS = -1;

/** `types` and `fields` as web-tree-sitter's Language gives them. */
export function grammarTables(language: {
  readonly types: readonly string[];
  readonly fields: readonly (string | null)[];
  nodeTypeIsNamed(id: number): boolean;
}): GrammarTables {
  const kindOfSymbol = new Int16Array(0x10000).fill(Kind.other);
  language.types.forEach((name, id) => {
    // A backslash at the end of a line is a named node that says nothing.
    if (!language.nodeTypeIsNamed(id) || name === "line_continuation") kindOfSymbol[id] = ANONYMOUS;
    else kindOfSymbol[id] = (Kind as Record<string, number>)[name] ?? Kind.other;
  });
  kindOfSymbol[0xffff] = Kind.ERROR;
  const fieldOfId = new Uint8Array(256);
  language.fields.forEach((name, id) => {
    if (name) fieldOfId[id] = (Field as Record<string, number>)[name] ?? Field.none;
  });
  return { kindOfSymbol, fieldOfId };
}
