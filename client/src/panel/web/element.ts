/** Makes elements. Text is only ever set as text: nothing that a script prints can become a part of the page. */

export type Child = Node | string | null | undefined | false;

type Attributes = Readonly<Record<string, string | boolean | undefined | ((event: Event) => void)>>;

/** An element with attributes (`onclick` and its like are listeners) and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return made;
}

/** Sets text only where it differs, so that a screen reader and a selection are left alone. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

export function show(target: HTMLElement, shown: boolean): void {
  target.hidden = !shown;
}

const shapes = {
  play: "M4 2.5v11l9-5.5z",
  stop: "M3.5 3.5h9v9h-9z",
  rerun: "M8 3a5 5 0 1 1-4.6 3H1.8l2.6-3.4L7 6H5a3.6 3.6 0 1 0 3-1.6z",
  beaker: "M6 2h4v1h-.6v3.2l3.4 6A1.2 1.2 0 0 1 11.800 14H4.200a1.200 1.200 0 0 1-1-1.800l3.400-6V3H6z",
  sliders: "M2 4h6.200a2 2 0 0 1 3.600 0H14v1.200h-2.200a2 2 0 0 1-3.600 0H2zM2 10.800h2.200a2 2 0 0 1 3.600 0H14V12H7.800a2 2 0 0 1-3.600 0H2z",
  wide: "M2 2.500h5v1.200H3.200v9.100h9.600V9H14v5H2zM9 2h5v5h-1.300V4.200L8 9l-.900-.900 4.700-4.800H9z",
  log: "M3 2h10v12H3zm2 3v1.200h6V5zm0 2.500v1.200h6V7.500zM5 10v1.200h4V10z",
} as const;

export type Icon = keyof typeof shapes;

/** A picture beside a text; it says nothing itself. */
export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: "14", height: "14", "aria-hidden": "true", class: "icon" })) svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", shapes[name]);
  svg.append(path);
  return svg;
}

export function button(text: string, onclick: () => void, { picture, kind = "secondary", title }: { picture?: Icon; kind?: "primary" | "secondary" | "link"; title?: string } = {}): HTMLButtonElement {
  return element("button", { type: "button", class: kind, title, onclick }, picture && icon(picture), element("span", {}, text));
}
