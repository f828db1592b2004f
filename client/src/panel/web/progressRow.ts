/** How far a run has come. */
import { formatDuration, formatNumber } from "../model/format.js";
import type { RunView } from "../messages.js";
import { element, setText, show } from "./element.js";

export class ProgressRow {
  readonly #fill = element("div", { class: "fill" });
  readonly #bar = element("div", { class: "bar", role: "progressbar", "aria-label": "Progress", "aria-valuemin": "0", "aria-valuemax": "100" }, this.#fill);
  readonly #words = element("p", { class: "figures" });
  readonly element = element("div", { class: "progress" }, this.#bar, this.#words);
  #run: RunView | undefined;
  #received = 0;

  update(run: RunView): void {
    const same = JSON.stringify(run.progress) === JSON.stringify(this.#run?.progress);
    this.#run = run;
    if (!same) this.#received = Date.now();
    show(this.element, run.progress !== null || run.state === "running");
    const share = shareOf(run);
    this.#fill.style.width = `${(share ?? 0) * 100}%`;
    this.#bar.classList.toggle("unknown", share === undefined && run.state === "running");
    if (share === undefined) this.#bar.removeAttribute("aria-valuenow");
    else this.#bar.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    this.tick();
  }

  /** The time left runs down between two reports. */
  tick(): void {
    const run = this.#run;
    const progress = run?.progress;
    if (!run || !progress) return setText(this.#words, run?.state === "running" ? "No progress reported yet." : "");
    const share = shareOf(run);
    const left = progress.remainingSeconds === null || run.state !== "running" ? null : progress.remainingSeconds - (Date.now() - this.#received) / 1000;
    const parts = [
      share === undefined ? null : `${Math.floor(share * 100)} %`,
      progress.total === null ? `step ${progress.step}` : `step ${progress.step} of ${progress.total}`,
      progress.epoch === null ? null : `epoch ${formatNumber(progress.epoch)}`,
      run.state === "running" ? progress.rate : null,
      left === null ? null : `about ${formatDuration(Math.max(0, left) * 1000)} left`,
    ];
    setText(this.#words, parts.filter((part) => part !== null).join(" · "));
  }
}

function shareOf({ progress }: RunView): number | undefined {
  if (!progress || progress.total === null || progress.total <= 0) return undefined;
  return Math.min(1, progress.step / progress.total);
}
