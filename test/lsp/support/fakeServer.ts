/** The server with fake rules. */
import { join } from "node:path";
import { readGrammars } from "../../../server/src/environment/grammars.js";
import { startServer } from "../../../server/src/lsp/startServer.js";
import { fakeKnowledge } from "../../support/fakeKnowledge.js";
import { fakeRules } from "./fakeRules.js";

startServer({ rules: fakeRules, grammars: () => readGrammars(join(__dirname, "..", "grammars")), knowledge: fakeKnowledge, gpus: process.env["TEST_GPUS"] ?? "" });
