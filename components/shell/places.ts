/** The pages that can be gone to from everywhere. `key` follows a `g` on the keyboard. */
export const places = [
  { href: "/", word: "Fleet", key: "f" },
  { href: "/groups", word: "Groups", key: "g" },
  { href: "/alerts", word: "Alerts", key: "a" },
  { href: "/history", word: "History", key: "h" },
  { href: "/insight", word: "Time in state", key: "t" },
  { href: "/machines", word: "Machines", key: "m" },
  { href: "/hosts", word: "Hosts", key: "o" },
  { href: "/health", word: "Health", key: "e" },
  { href: "/settings", word: "Settings", key: "s" },
] as const;

/** Whether the page at `path` belongs to this place: services are part of the fleet. */
export function isWithin(path: string, href: string): boolean {
  if (href === "/") return path === "/" || path.startsWith("/services/");
  return path === href || path.startsWith(`${href}/`);
}
