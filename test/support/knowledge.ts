/** What ships, as the rules see it. */
import { fileURLToPath } from "node:url";
import { dataIn } from "../../server/src/environment/dataFiles.js";
import { Knowledge } from "../../server/src/knowledge/knowledge.js";

export const knowledgeFolder = fileURLToPath(new URL("../../server/src/knowledge/data/", import.meta.url));

export const shippedKnowledge: Knowledge = new Knowledge(dataIn(knowledgeFolder));
