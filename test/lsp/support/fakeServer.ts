/** The server with fake rules. */
import { join } from "node:path";
import { readGrammars } from "../../../server/src/environment/grammars.js";
import { Knowledge } from "../../../server/src/knowledge/knowledge.js";
import { startServer } from "../../../server/src/lsp/startServer.js";
import { fakeRules } from "./fakeRules.js";

startServer({ rules: fakeRules, grammars: () => readGrammars(join(__dirname, "..", "grammars")), knowledge: Knowledge.none });
