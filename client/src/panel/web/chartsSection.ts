/** The charts of one run, side by side where there is room. */
import { Chart, type ChartState, type NewPoint } from "../model/charts.js";
import { ChartCard } from "./chartCard.js";
import { element } from "./element.js";
import { onThemeChange } from "./theme.js";

export class ChartsSection {
  readonly element = element("div", { class: "charts" });
  readonly #charts = new Map<string, Chart>();
  readonly #cards = new Map<string, ChartCard>();

  constructor() {
    onThemeChange(() => {
      for (const card of this.#cards.values()) card.restyle();
    });
  }

  /** All charts of a run; those of another one go. */
  replace(states: readonly ChartState[]): void {
    const ids = new Set(states.map(({ id }) => id));
    for (const [id, card] of this.#cards) {
      if (ids.has(id)) continue;
      card.element.remove();
      this.#cards.delete(id);
      this.#charts.delete(id);
    }
    for (const state of states) {
      const chart = Chart.from(state);
      this.#charts.set(state.id, chart);
      const card = this.#cards.get(state.id);
      if (card) card.replace(chart);
      else this.#cards.set(state.id, new ChartCard(chart));
    }
    const wanted = states.map(({ id }) => this.#cards.get(id)?.element).filter((each) => each !== undefined);
    if (wanted.some((each, index) => this.element.children[index] !== each)) this.element.replaceChildren(...wanted);
  }

  add(points: readonly NewPoint[]): void {
    const touched = new Set<string>();
    for (const [chart, curve, x, y] of points) {
      this.#charts.get(chart)?.curves.get(curve)?.points.push(x, y);
      touched.add(chart);
    }
    for (const id of touched) this.#cards.get(id)?.redraw();
  }
}
