/** Types of packedData.mjs. */
import type { LibraryData } from "../server/src/knowledge/libraryData.js";

export function packed(data: LibraryData): string;
