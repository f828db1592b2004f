// package.json of the checkout. Runs on a bare Node 20.
import { readFileSync } from "node:fs";

export const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
