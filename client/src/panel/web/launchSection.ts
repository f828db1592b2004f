/** How the script is launched: the buttons, and the options behind them. */
import type { FromPanel, LaunchForm, LaunchChange } from "../messages.js";
import { rememberOpen, send, wasOpen } from "./channel.js";
import { button, element, icon, setText, show, type Child } from "./element.js";
import { GpuChoice } from "./gpuChoice.js";

/** After the last key, in ms: then the command is made anew. */
const pause = 250;

type How = Extract<FromPanel, { type: "launch" }>["how"];

export class LaunchSection {
  readonly element: HTMLElement;
  readonly #name = element("h2", { class: "script" });
  readonly #command = element("p", { class: "command", title: "" });
  readonly #toggle: HTMLButtonElement;
  readonly #options: HTMLElement;
  readonly #problem = element("p", { class: "problem", role: "alert" });
  readonly #args = area("2", "--epochs 3 --output_dir out");
  readonly #cwd = element("input", { type: "text", spellcheck: "false" });
  readonly #env = area("2", "WANDB_MODE=offline");
  readonly #whole = area("4", "");
  readonly #launcher = element("select", {}, ...["python", "torchrun", "accelerate", "deepspeed", "uv"].map((name) => element("option", { value: name }, launcherName(name))));
  readonly #interpreter = element("p", { class: "dim path" });
  readonly #reset = button("From the fields again", () => this.#change({ command: null }), { kind: "link" });
  readonly #gpus = new GpuChoice((gpus) => this.#change({ gpus }));
  readonly #debug = button("Debug", () => launch("debug"), { kind: "link" });
  readonly #empty = element("p", { class: "empty" }, "Open a Python script, and run it here. ", button("Open a file", () => send({ type: "openScript" }), { kind: "link" }));
  readonly #filled: HTMLElement;
  #form: LaunchForm | undefined;
  #timer = 0;

  constructor() {
    this.#toggle = element("button", { type: "button", class: "secondary square", title: "Arguments, GPUs, launcher and environment", "aria-label": "Launch options", "aria-expanded": "false", onclick: () => this.#open(this.#options.hidden !== false) }, icon("sliders"));
    this.#options = element(
      "div",
      { class: "options" },
      field("Arguments", this.#args),
      element("fieldset", {}, element("legend", {}, "GPUs"), this.#gpus.element),
      field("Launcher", this.#launcher, this.#interpreter),
      field("Working directory", this.#cwd),
      field("Environment, one NAME=value per line", this.#env),
      field("Command, exactly as it runs", this.#whole, this.#reset),
      element("p", { class: "others" }, button("Run in Terminal", () => launch("terminal"), { kind: "link", title: "For scripts that ask questions" }), this.#debug),
    );
    this.#filled = element(
      "div",
      {},
      this.#name,
      element("div", { class: "buttons" }, button("Run", () => launch("run"), { kind: "primary", picture: "play" }), button("Smoke Run", () => launch("smoke"), { picture: "beaker", title: "The same script with a few steps, nothing saved" }), this.#toggle),
      this.#command,
      this.#problem,
      this.#options,
    );
    this.element = element("section", { class: "launch" }, this.#empty, this.#filled);
    this.#listen();
    this.#open(wasOpen());
    this.update(null);
  }

  update(form: LaunchForm | null): void {
    const other = form?.script !== this.#form?.script;
    this.#form = form ?? undefined;
    show(this.#empty, form === null);
    show(this.#filled, form !== null);
    if (form === null) return;
    setText(this.#name, form.name);
    this.#name.title = form.script;
    setText(this.#command, form.brief);
    this.#command.title = form.command;
    setText(this.#problem, form.problem ?? "");
    show(this.#problem, form.problem !== null);
    this.#fill(this.#args, form.args, other);
    this.#fill(this.#cwd, form.cwd, other);
    this.#fill(this.#env, form.env, other);
    this.#fill(this.#whole, form.command, other);
    this.#launcher.value = form.launcher;
    setText(this.#interpreter, form.interpreter === null ? "No Python interpreter was found." : form.interpreter);
    show(this.#reset, form.edited);
    show(this.#debug, form.canDebug);
    for (const input of [this.#args, this.#cwd, this.#env, this.#launcher]) input.disabled = form.edited;
    this.#gpus.update(form);
  }

  /** The keyboard goes to the arguments. */
  edit(): void {
    this.#open(true);
    this.#args.focus();
  }

  /** What somebody is typing is not overwritten under their hands. */
  #fill(input: HTMLInputElement | HTMLTextAreaElement, value: string, other: boolean): void {
    if ((other || document.activeElement !== input) && input.value !== value) input.value = value;
  }

  #open(open: boolean): void {
    show(this.#options, open);
    this.#toggle.setAttribute("aria-expanded", String(open));
    this.#command.classList.toggle("hidden", open);
    rememberOpen(open);
  }

  #listen(): void {
    const typed = (input: HTMLInputElement | HTMLTextAreaElement, changeOf: (value: string) => LaunchChange): void => {
      const tell = (): void => this.#change(changeOf(input.value));
      input.addEventListener("input", () => {
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(tell, pause);
      });
      input.addEventListener("change", () => {
        clearTimeout(this.#timer);
        tell();
      });
    };
    typed(this.#args, (args) => ({ args }));
    typed(this.#cwd, (cwd) => ({ cwd }));
    typed(this.#env, (env) => ({ env }));
    typed(this.#whole, (command) => ({ command }));
    this.#launcher.addEventListener("change", () => this.#change({ launcher: this.#launcher.value as LaunchForm["launcher"] }));
  }

  #change(change: LaunchChange): void {
    if (this.#form) send({ type: "change", script: this.#form.script, change });
  }
}

function launch(how: How): void {
  // A field that still has the keyboard has not said yet what changed in it.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  send({ type: "launch", how, anyway: false });
}

function area(rows: string, placeholder: string): HTMLTextAreaElement {
  return element("textarea", { rows, placeholder, spellcheck: "false", autocomplete: "off" });
}

function field(label: string, input: HTMLElement, ...more: readonly Child[]): HTMLElement {
  return element("div", { class: "field" }, element("label", {}, element("span", {}, label), input), ...more);
}

function launcherName(name: string): string {
  return name === "accelerate" ? "accelerate launch" : name === "uv" ? "uv run" : name;
}
