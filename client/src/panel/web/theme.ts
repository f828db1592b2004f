/** Colours of the editor's theme, as the canvas needs them. */

export interface Theme {
  readonly text: string;
  readonly dim: string;
  readonly grid: string;
  readonly background: string;
  readonly warning: string;
  readonly curves: readonly string[];
  readonly font: string;
  readonly highContrast: boolean;
}

const curveNames = ["blue", "yellow", "green", "purple", "orange", "red"];

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (...names: string[]): string => names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim()).find((value) => value !== "") ?? "gray";
  const highContrast = /vscode-high-contrast/u.test(document.body.className);
  return {
    text: read("foreground"),
    dim: highContrast ? read("foreground") : read("descriptionForeground", "foreground"),
    grid: `color-mix(in srgb, ${read("foreground")} ${highContrast ? 35 : 13}%, transparent)`,
    background: read("sideBar-background", "editor-background"),
    warning: read("charts-red", "errorForeground"),
    curves: curveNames.map((name) => opaque(read(`charts-${name}`))),
    font: `11px ${read("font-family")}`,
    highContrast,
  };
}

/** Some themes' chart colours let half of the background through. */
function opaque(colour: string): string {
  return /^#[0-9a-f]{8}$/iu.test(colour) ? colour.slice(0, 7) : colour.replace(/^rgba\(([^,]+,[^,]+,[^,]+),[^)]*\)$/u, "rgb($1)");
}

/** Calls when the theme has changed: VS Code rewrites the classes of the body and the variables of the root. */
export function onThemeChange(handle: () => void): void {
  const observer = new MutationObserver(() => handle());
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
}
