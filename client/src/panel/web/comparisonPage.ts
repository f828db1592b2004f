/** Two runs beside each other: what they were started with, and their curves in the same charts. */
import type { Comparison } from "../messages.js";
import { ChartsSection } from "./chartsSection.js";
import { element, show } from "./element.js";

export class ComparisonPage {
  readonly element = element("section", { class: "comparison", hidden: true });
  readonly #charts = new ChartsSection();

  update({ left, right, rows, charts }: Comparison): void {
    const same = rows.filter(({ differs }) => !differs);
    const table = (caption: string, shown: Comparison["rows"]): HTMLElement =>
      element(
        "table",
        {},
        element("caption", {}, caption),
        element("thead", {}, element("tr", {}, element("th", { scope: "col" }, ""), element("th", { scope: "col" }, left.title), element("th", { scope: "col" }, right.title))),
        element("tbody", {}, ...shown.map((row) => element("tr", {}, element("th", { scope: "row" }, row.name), element("td", {}, row.left), element("td", {}, row.right)))),
      );
    const different = rows.filter(({ differs }) => differs);
    this.element.replaceChildren(
      element("h2", {}, "Compare Runs"),
      different.length > 0 ? table("What differs", different) : element("p", {}, "Both were started in the same way."),
      same.length > 0 ? element("details", {}, element("summary", {}, `What is the same (${same.length})`), table("The same in both", same)) : "",
      charts.length > 0 ? this.#charts.element : element("p", { class: "dim" }, "Neither has reported figures."),
    );
    this.#charts.replace(charts);
    show(this.element, true);
  }
}
