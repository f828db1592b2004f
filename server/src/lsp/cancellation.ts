/** How a request that the client no longer wants is noticed and answered. */
import { LSPErrorCodes, ResponseError } from "vscode-languageserver/node";

/** Lets what already lies in the channel be read before an answer is worked out: the edit or the cancellation that makes it pointless. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function cancelledByClient<Data = void>(): ResponseError<Data> {
  return new ResponseError<Data>(LSPErrorCodes.RequestCancelled, "The client has cancelled the request.");
}
