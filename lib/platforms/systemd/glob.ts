/**
 * Whether a unit's name matches a pattern as systemd matches them (glob(7), without a special case
 * for slashes or leading dots): `*`, `?`, `[a-z]`, `[!a-z]`, and a backslash before what is meant as it is.
 */
export function matchesGlob(name: string, pattern: string): boolean {
  let source = "";
  for (let place = 0; place < pattern.length; place++) {
    const char = pattern[place] ?? "";
    const list = char === "[" ? /^\[!?[^\]]+\]/.exec(pattern.slice(place))?.[0] : undefined;
    if (list !== undefined) {
      source += list.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
      place += list.length - 1;
    } else if (char === "*") source += ".*";
    else if (char === "?") source += ".";
    else if (char === "\\" && place + 1 < pattern.length) source += escaped(pattern[++place] ?? "");
    else source += escaped(char);
  }
  return new RegExp(`^${source}$`, "s").test(name);
}

function escaped(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
