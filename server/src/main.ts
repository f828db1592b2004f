/** The language server as a process of its own: stdio, IPC or a pipe, as the client chose on the command line. */
import { join } from "node:path";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { readGrammars } from "./environment/grammars.js";
import { startServer } from "./lsp/server.js";
import { rules } from "./rules/index.js";

startServer({ connection: createConnection(ProposedFeatures.all), rules, grammars: () => readGrammars(join(__dirname, "..", "grammars")) });
