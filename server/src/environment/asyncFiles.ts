/** Node's calls on files, as promises, without `node:fs/promises`: that module brings readline and the REPL's history with it, which a short check would wait for. */
import * as fs from "node:fs";
import { promisify } from "node:util";

export const access = promisify(fs.access);
export const readFile = promisify(fs.readFile);
export const readdir = promisify(fs.readdir);
export const realpath = promisify(fs.realpath);
export const stat = promisify(fs.stat);
