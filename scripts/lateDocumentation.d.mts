/** Types of lateDocumentation.mjs. */
import type { Plugin } from "esbuild";

export const lateDocumentation: Plugin;
