/** One run: its state, its progress, what went wrong, its figures, its charts and its output. */
import { formatDuration } from "../model/format.js";
import type { RunView } from "../messages.js";
import { ChartsSection } from "./chartsSection.js";
import { send } from "./channel.js";
import { button, element, setText, show } from "./element.js";
import { failureBox } from "./failureBox.js";
import { LogSection } from "./logSection.js";
import { meters } from "./meters.js";
import { ProgressRow } from "./progressRow.js";

const stateNames: Record<RunView["state"], string> = { running: "Running", finished: "Finished", failed: "Failed", stopped: "Stopped", lost: "Lost" };

/** What the next click on Stop does; nothing escalates by itself. */
const stopWords = ["Stop", "Terminate", "Kill"];
const stopTitles = [
  "Interrupts the script, so that it can save (SIGINT)",
  "It was asked to stop and still runs: asks harder (SIGTERM)",
  "It was asked to stop twice and still runs: ends it at once, and nothing more is saved (SIGKILL)",
];

export class RunSection {
  readonly element: HTMLElement;
  readonly charts = new ChartsSection();
  readonly log = new LogSection();
  readonly #state = element("span", { class: "state" });
  readonly #name = element("span", { class: "name" });
  readonly #time = element("span", { class: "time" });
  readonly #badges = element("span", { class: "badges" });
  readonly #stop = button("Stop", () => this.#run && send({ type: "stop", run: this.#run.id }), { picture: "stop" });
  readonly #rerun = button("Rerun", () => this.#run && send({ type: "rerun", run: this.#run.id }), { picture: "rerun" });
  readonly #wide = button("Open in Editor", () => this.#run && send({ type: "openWide", run: this.#run.id }), { kind: "link", picture: "wide" });
  readonly #command = element("p", { class: "command" });
  readonly #progress = new ProgressRow();
  readonly #boxes = element("div", {});
  readonly #meters = element("div", {});
  readonly #peak = element("p", { class: "peak" });
  readonly #memoryNote = element("p", { class: "note" });
  /** Read out when the state changes, and not each second. */
  readonly #announcer = element("div", { class: "announcer", role: "status", "aria-live": "polite" });
  #run: RunView | undefined;
  #boxed = "";

  constructor(wide: boolean) {
    show(this.#wide, !wide);
    this.element = element(
      "section",
      { class: "run", hidden: true },
      element("header", { class: "head" }, element("div", { class: "title" }, this.#state, this.#name, this.#badges), this.#time),
      element("div", { class: "buttons" }, this.#stop, this.#rerun, this.#wide),
      this.#command,
      this.#progress.element,
      this.#boxes,
      this.#meters,
      this.#peak,
      this.#memoryNote,
      this.charts.element,
      this.log.element,
      this.#announcer,
    );
    setInterval(() => this.#tick(), 1000);
  }

  update(run: RunView | null): void {
    const before = this.#run;
    this.#run = run ?? undefined;
    show(this.element, run !== null);
    if (run === null) return;
    this.element.dataset["state"] = run.state;
    if (before?.id !== run.id || before.state !== run.state) setText(this.#announcer, `${run.name}: ${stateNames[run.state]}${run.outcome === null ? "" : `, ${run.outcome}`}`);
    setText(this.#state, stateNames[run.state]);
    setText(this.#name, run.name);
    this.#name.title = run.script;
    setText(this.#command, run.brief);
    this.#command.title = run.command;
    this.#badges.replaceChildren(...badgesOf(run));
    this.#showStop(run);
    show(this.#rerun, run.state !== "running");
    this.#progress.update(run);
    this.#showBoxes(run);
    this.#meters.replaceChildren(run.state === "running" ? meters(run) : "");
    setText(this.#peak, run.peak ?? "");
    show(this.#peak, run.peak !== null);
    setText(this.#memoryNote, run.memoryNote ?? "");
    show(this.#memoryNote, run.memoryNote !== null);
    this.#tick();
  }

  #showStop(run: RunView): void {
    const word = Math.min(run.stopsAsked, stopWords.length - 1);
    show(this.#stop, run.state === "running");
    const label = this.#stop.querySelector("span");
    if (label) setText(label, stopWords[word] ?? "Stop");
    this.#stop.title = stopTitles[word] ?? "";
  }

  /** Rebuilt only when something in them has changed, so that a button keeps the keyboard. */
  #showBoxes(run: RunView): void {
    const key = JSON.stringify([run.id, run.warning, run.failure, run.changes, run.outcome, run.stopsAsked]);
    if (key === this.#boxed) return;
    this.#boxed = key;
    const asked = run.state === "running" && run.stopsAsked > 0 ? "It was asked to stop. It may be saving a checkpoint." : null;
    const warning = [run.warning, asked].filter((text) => text !== null).map((text) => element("p", { class: "box warning" }, text));
    const changes = run.changes.length > 0 ? [element("div", { class: "box" }, element("strong", {}, "Changed for this smoke run, in memory only:"), element("ul", {}, ...run.changes.map((text) => element("li", {}, text))))] : [];
    const outcome = run.failure === null && run.outcome !== null ? [element("p", { class: run.state === "failed" || run.state === "lost" ? "box error" : "box" }, run.outcome)] : [];
    this.#boxes.replaceChildren(...warning, ...(run.failure ? [failureBox(run.id, run.failure, run.outcome)] : outcome), ...changes);
  }

  #tick(): void {
    if (!this.#run || document.hidden) return;
    const { started, ended, state } = this.#run;
    const end = ended !== null ? Date.parse(ended) : state === "running" ? Date.now() : undefined;
    setText(this.#time, end === undefined ? "" : formatDuration(end - Date.parse(started)));
    this.#time.title = `Started ${new Date(started).toLocaleString()}`;
    if (state === "running") this.#progress.tick();
  }
}

function badgesOf(run: RunView): HTMLElement[] {
  const badges: HTMLElement[] = [];
  if (run.smoke) badges.push(element("span", { class: "badge" }, "smoke run"));
  if (run.demo) badges.push(element("span", { class: "badge", title: "There is no GPU here: the figures are made up, and only in the examples." }, "demonstration GPU"));
  return badges;
}
