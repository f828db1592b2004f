/** The message about a command line's arguments that the protocol doesn't know, for the server and for the client of the extension. */
import * as z from "zod/mini";

/** From the client: what would fail with these arguments, which a parser in the document reads? */
export const CHECK_ARGUMENTS_REQUEST = "hfPreflight/checkArguments";

export const checkArgumentsParams = z.object({ uri: z.string(), args: z.array(z.string()) });

/** The messages of the errors. */
export const checkArgumentsAnswer = z.array(z.string());
