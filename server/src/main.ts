/** The language server as a process of its own: stdio, IPC, a pipe or a socket, as the client chose on the command line. */
import { join } from "node:path";
import { DRIVER_FOLDER } from "./environment/gpus/hardware.js";
import { readGrammars } from "./environment/grammars.js";
import { dataIn } from "./environment/dataFiles.js";
import { Knowledge } from "./knowledge/knowledge.js";
import { startServer } from "./lsp/startServer.js";
import { rules } from "./rules/index.js";

startServer({
  rules,
  grammars: () => readGrammars(join(__dirname, "..", "grammars")),
  knowledge: new Knowledge(dataIn(join(__dirname, "knowledge"))),
  gpus: DRIVER_FOLDER,
});
