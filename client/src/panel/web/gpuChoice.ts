/** Which GPUs the script may see. */
import type { LaunchForm } from "../messages.js";
import { element, setText, show } from "./element.js";

type Choice = LaunchForm["gpus"];

export class GpuChoice {
  readonly element: HTMLElement;
  readonly #select = element("select", { "aria-label": "Which GPUs the script may see" });
  readonly #list = element("div", { class: "gpus" });
  readonly #note = element("p", { class: "dim" });
  #known = "";

  constructor(private readonly choose: (choice: Choice) => void) {
    this.#select.addEventListener("change", () => this.#chosen());
    this.element = element("div", {}, this.#select, this.#list, this.#note);
  }

  update({ gpus, choices, gpuNote }: LaunchForm): void {
    const known = JSON.stringify([choices.map(({ uuid }) => uuid), Array.isArray(gpus)]);
    if (known !== this.#known) this.#build(choices);
    this.#known = known;
    this.#select.value = Array.isArray(gpus) ? "chosen" : gpus;
    show(this.#list, Array.isArray(gpus));
    for (const { uuid, detail } of choices) {
      const row = [...this.#list.children].find((each) => each.getAttribute("data-uuid") === uuid);
      const box = row?.querySelector("input");
      if (box) box.checked = Array.isArray(gpus) && gpus.includes(uuid);
      const target = row?.querySelector(".dim");
      if (target) setText(target, detail);
    }
    setText(this.#note, gpuNote ?? "");
    show(this.#note, gpuNote !== null);
  }

  #build(choices: LaunchForm["choices"]): void {
    const options: [string, string][] = [["all", choices.length > 1 ? `All ${choices.length}` : "All"], ["none", "None: the CPU only"]];
    if (choices.length > 1) options.splice(1, 0, ["auto", "The one with most free memory"], ["chosen", "Chosen ones"]);
    this.#select.replaceChildren(...options.map(([value, text]) => element("option", { value }, text)));
    this.#list.replaceChildren(
      ...choices.map(({ uuid, label, detail }) =>
        element("label", { "data-uuid": uuid }, element("input", { type: "checkbox", onchange: () => this.#chosen() }), element("span", {}, label), element("span", { class: "dim" }, detail)),
      ),
    );
  }

  #chosen(): void {
    const { value } = this.#select;
    if (value !== "chosen") return this.choose(value as "all" | "none" | "auto");
    const rows = [...this.#list.children];
    const checked = rows.filter((row) => row.querySelector("input")?.checked === true);
    // Nothing ticked yet: the first one, because a choice of none is its own entry.
    this.choose((checked.length > 0 ? checked : rows.slice(0, 1)).map((row) => row.getAttribute("data-uuid") ?? ""));
  }
}
