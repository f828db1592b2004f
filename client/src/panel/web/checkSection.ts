/** What was found in the script before it ran. Nothing is blocked: it can be run anyway. */
import type { LaunchCheck } from "../messages.js";
import { send } from "./channel.js";
import { button, element } from "./element.js";

/** The rest is in the Problems view. */
const mostShown = 4;

export function checkSection(check: LaunchCheck): HTMLElement {
  const { errors, name, script, smoke } = check;
  const rows = errors.slice(0, mostShown).map(({ line, message }) =>
    element("li", {}, line === null ? "In the arguments:" : element("button", { type: "button", class: "link", onclick: () => send({ type: "openPlace", path: script, line }) }, `Line ${line}`), ` ${message}`),
  );
  const more = errors.length - rows.length;
  return element(
    "section",
    { class: "box error", role: "alert" },
    element("strong", {}, `${name} would fail: ${errors.length === 1 ? "one error was" : `${errors.length} errors were`} found before it ran.`),
    element("ul", {}, ...rows),
    more > 0 && element("p", { class: "dim" }, `and ${more} more`),
    element(
      "div",
      { class: "buttons" },
      button("Show Problems", () => send({ type: "showProblems" }), { kind: "primary" }),
      button("Run Anyway", () => send({ type: "launch", how: smoke ? "smoke" : "run", anyway: true })),
      button("Dismiss", () => send({ type: "dismissCheck" }), { kind: "link" }),
    ),
  );
}
