export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The cookie in which a browser keeps its choice: the server draws the page with it, without a flash. */
export const themeCookie = "signalbox-theme";

/** Reads what a cookie or an attribute says; anything else follows the system's own setting. */
export function readTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

/** The value of `data-theme`; none follows the system. */
export function themeAttribute(theme: Theme): "light" | "dark" | undefined {
  return theme === "system" ? undefined : theme;
}

const yearSeconds = 365 * 24 * 3600;

/** Changes the theme here and now, and for this browser's next visits. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers.
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=${theme === "system" ? 0 : yearSeconds}; SameSite=Lax`;
}
