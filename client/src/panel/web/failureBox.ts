/** Why a run failed, where, and what to do. */
import type { RunView } from "../messages.js";
import { send } from "./channel.js";
import { button, element } from "./element.js";

export function failureBox(run: string, { sentence, advice, place, rule, remedies }: NonNullable<RunView["failure"]>, outcome: string | null): HTMLElement {
  const name = place?.path.split(/[\\/]/u).at(-1) ?? "";
  return element(
    "section",
    { class: "box error" },
    element("strong", {}, sentence),
    outcome !== null && element("span", { class: "dim" }, ` (${outcome})`),
    advice.length > 0 && remedies.length === 0 && list(advice),
    remedies.length > 0 &&
      element(
        "div",
        { class: "remedies" },
        element("span", {}, "Change the script at a click:"),
        ...remedies.map((title) => button(title, () => send({ type: "applyRemedy", run, title }), { kind: "link" })),
        element("details", {}, element("summary", {}, "More to try"), list(advice)),
      ),
    (place !== null || rule !== null) &&
      element(
        "div",
        { class: "buttons" },
        place !== null && button(`Go to ${name}, line ${place.line}`, () => send({ type: "openPlace", path: place.path, line: place.line })),
        rule !== null && button(`About ${rule}`, () => send({ type: "openRule", rule }), { kind: "link" }),
      ),
  );
}

function list(advice: readonly string[]): HTMLElement {
  return element("ul", {}, ...advice.map((text) => element("li", {}, text)));
}
