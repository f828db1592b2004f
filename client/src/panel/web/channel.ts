/** The one way between this page and the extension. */
import { toPanelSchema, type FromPanel, type ToPanel } from "../messages.js";

interface Host {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();

export function send(message: FromPanel): void {
  host.postMessage(message);
}

/** Messages that this version does not know are left out. */
export function receive(handle: (message: ToPanel) => void): void {
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const message = toPanelSchema.safeParse(data);
    if (message.success) handle(message.data);
    else console.error("HF Preflight: a message that the panel does not understand", message.error);
  });
}

/** Whether the launch options are unfolded: the only thing that the page itself remembers. */
export function rememberOpen(open: boolean): void {
  host.setState({ open });
}

export function wasOpen(): boolean {
  const state = host.getState();
  return typeof state === "object" && state !== null && "open" in state && state.open === true;
}
