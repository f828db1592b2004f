/** The end of the output. Lines of a traceback lead to the place in the script. */
import { LogTail } from "../model/logTail.js";
import { button, element, setText } from "./element.js";
import { send } from "./channel.js";

/** What is laid out; the tail in memory is longer, the log on disk whole. */
const shownLines = 400;

const frame = /^(?<before>\s*File )"(?<path>[^"]+)", line (?<line>\d+)(?<after>.*)$/u;

export class LogSection {
  readonly element: HTMLElement;
  readonly #box = element("div", { class: "log", role: "log", "aria-live": "off", "aria-label": "The end of the output", tabindex: "0" });
  readonly #count = element("span", { class: "dim" });
  #tail = new LogTail();
  #run = "";
  #waiting = false;

  constructor() {
    const open = button("Open whole log", () => send({ type: "openLog", run: this.#run }), { kind: "link", picture: "log" });
    this.element = element("section", { class: "output" }, element("header", {}, element("h3", {}, "Output"), this.#count, open), this.#box);
  }

  update(run: string, text: string, anew: boolean): void {
    this.#run = run;
    if (anew) this.#tail = new LogTail();
    this.#tail.push(text);
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#draw();
    });
  }

  #draw(): void {
    const atEnd = this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < 24;
    const lines = this.#tail.lines();
    const shown = lines.slice(-shownLines);
    const hidden = lines.length - shown.length + this.#tail.dropped;
    setText(this.#count, hidden > 0 ? `the last ${shown.length} lines` : "");
    this.#box.replaceChildren(...(shown.length === 0 ? [element("div", { class: "dim" }, "No output yet.")] : shown.map(lineElement)));
    // Who has scrolled up is reading.
    if (atEnd) this.#box.scrollTop = this.#box.scrollHeight;
  }
}

function lineElement(text: string): HTMLElement {
  const parts = frame.exec(text)?.groups;
  if (!parts) return element("div", {}, text === "" ? "\u00a0" : text);
  const { before = "", path = "", line = "", after = "" } = parts;
  const link = element("button", { type: "button", class: "link", onclick: () => send({ type: "openPlace", path, line: Number(line) }) }, `"${path}", line ${line}`);
  return element("div", {}, before, link, after);
}
