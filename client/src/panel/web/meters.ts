/** What the GPUs and the host have in use: a bar and the figures, one line each. */
import { formatUsed } from "../model/format.js";
import type { RunView } from "../messages.js";
import { element } from "./element.js";

type Meter = RunView["gpus"][number];

export function meters(run: RunView): HTMLElement {
  const all = [...run.gpus, ...(run.host ? [run.host] : [])];
  return element("div", { class: "meters" }, ...all.map(meter));
}

function meter({ label, usedMib, totalMib, detail, problem }: Meter): HTMLElement {
  const share = usedMib !== null && totalMib !== null && totalMib > 0 ? usedMib / totalMib : null;
  const figures = problem ?? formatUsed(usedMib, totalMib);
  const fill = element("div", { class: share !== null && share > 0.95 ? "fill full" : "fill" });
  fill.style.width = `${Math.round((share ?? 0) * 1000) / 10}%`;
  return element(
    "div",
    { class: "meter" },
    element("span", { class: "label" }, label),
    element("span", { class: "figures" }, figures),
    element("div", { class: "bar", role: "img", "aria-label": `${label}: ${figures}` }, fill),
    detail !== "" && element("span", { class: "dim detail" }, detail),
  );
}
