/** What an explainer says of an error; whoever asks it adds the place. */
import type { Failure } from "../failure.js";
import type { RaisedError } from "../traceback.js";

export type Explanation = Omit<Failure, "script">;

/** Undefined for an error that it doesn't know. `tail` is the end of the log, for what was said before. */
export type Explainer = (error: RaisedError, tail: string) => Explanation | undefined;
