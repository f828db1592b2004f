// Bundles rules so that their documentation is made when somebody asks for it: `docs: {...}` becomes a getter. The texts are a third of the bundle, and a check
// needs none of them; as a getter they are never compiled there, nor kept with the compiled code (cli/src/compiledCode.ts).
import { readFile } from "node:fs/promises";
import ts from "typescript";

/** @type {import("esbuild").Plugin} */
export const lateDocumentation = {
  name: "late-documentation",
  setup(build) {
    build.onLoad({ filter: /[\\/]server[\\/]src[\\/]rules[\\/].*\.ts$/ }, async ({ path }) => ({ contents: withLateDocumentation(await readFile(path, "utf8"), path), loader: "ts" }));
  },
};

/** A rule's source with the `docs` of each `defineRule` as a getter; anything else comes back as it is. */
export function withLateDocumentation(source, path = "rule.ts") {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "defineRule") {
      const [definition] = node.arguments;
      if (definition && ts.isObjectLiteralExpression(definition)) {
        found.push(...definition.properties.filter((property) => ts.isPropertyAssignment(property) && property.name.getText(file) === "docs" && ts.isObjectLiteralExpression(property.initializer)));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let result = source;
  for (const property of found.reverse()) {
    const literal = property.initializer;
    result = `${result.slice(0, property.getStart(file))}get docs() { return ${result.slice(literal.getStart(file), literal.getEnd())}; }${result.slice(property.getEnd())}`;
  }
  return result;
}
