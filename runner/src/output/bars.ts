/** Tells which bar is which. The Trainer's own bars have no words, so the training is told from an evaluation by how they come and go. */
import type { ProgressBar } from "./progressBar.js";

export type BarKind = "training" | "evaluation" | "other";

const TRAINING = /^(iteration|step|steps|train|training|training steps?)$|running loss|^(running )?epoch \d+(\/\d+)?$|^epoch \[?\d+\/\d+\]?/iu;
const EVALUATION = /\b(eval|evaluat|validat|predict|sanity check|test)/iu;

export class Bars {
  /** The bar of the training as it last was. */
  private main: { total: number | undefined; step: number } | undefined;
  /** Whether the main bar is certainly the training's: it was announced, or metrics of training came with it. */
  private confirmed = false;

  /** @param below whether it is drawn below another bar */
  kindOf(bar: ProgressBar, below: boolean): BarKind {
    if (bar.label !== "") {
      if (EVALUATION.test(bar.label)) return "evaluation";
      if (!TRAINING.test(bar.label)) return "other";
      this.follow(bar);
      return "training";
    }
    const { main } = this;
    if (main && bar.total !== main.total) {
      const isOpen = main.total === undefined || main.step < main.total;
      if (below || isOpen || this.confirmed) return "evaluation";
    }
    this.follow(bar);
    return "training";
  }

  /** Metrics of training were printed. A bar that is drawn right below them is the training's: the Trainer does so with its own. */
  confirm(bar?: ProgressBar): void {
    if (bar?.label === "") this.follow(bar);
    this.confirmed = this.main !== undefined;
  }

  /** `Total optimization steps = 1,000`. */
  announce(total: number): void {
    this.main = { total, step: 0 };
    this.confirmed = true;
  }

  private follow(bar: ProgressBar): void {
    this.main = { total: bar.total, step: bar.step };
  }
}
