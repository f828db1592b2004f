/** The message about remedies that the protocol doesn't know, for the server and for the client of the extension. */
import * as z from "zod/mini";

/** From the client: what could be changed in a document whose run ran out of GPU memory? */
export const MEMORY_REMEDIES_REQUEST = "hfPreflight/memoryRemedies";

export const memoryRemediesParams = z.object({ uri: z.string(), phase: z.enum(["training", "evaluation"]) });

/** `edit` is a workspace edit of the protocol. */
export const memoryRemediesAnswer = z.array(z.object({ title: z.string(), edit: z.unknown() }));
