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

const curveNames = ["blue", "orange", "green", "purple", "red", "yellow"];

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (...names: string[]): string => names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim()).find((value) => value !== "") ?? "gray";
  const highContrast = /vscode-high-contrast/u.test(document.body.className);
  return {
    text: read("foreground"),
    dim: highContrast ? read("foreground") : read("descriptionForeground", "foreground"),
    grid: highContrast ? read("contrastBorder") : read("charts-lines", "panel-border"),
    background: read("sideBar-background", "editor-background"),
    warning: read("charts-red", "errorForeground"),
    curves: curveNames.map((name) => read(`charts-${name}`)),
    font: `11px ${read("font-family")}`,
    highContrast,
  };
}

/** Calls when the theme has changed: VS Code rewrites the classes of the body and the variables of the root. */
export function onThemeChange(handle: () => void): void {
  const observer = new MutationObserver(() => handle());
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
}
