/**
 * What a systemd unit name is made of (systemd.unit(5): letters, digits and `: - _ . \`, and `@`
 * for instances); a leading `-` is allowed there and so here. Service names follow the same rule.
 */
const serviceNamePattern = /^[A-Za-z0-9:_.\\@-]+$/;
export const hostNamePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const longestName = 255;

export const serviceNameWords = `a service's name is letters, digits and _ - . : @ \\, at most ${longestName} characters`;
export const hostNameWords = `a host's name is letters, digits and . _ -, begins with a letter or digit, and has at most ${longestName} characters`;
export const hostRefWords = "host is one of the names under hosts";
export const unitNameWords = "a unit is the name of a systemd service such as nginx.service";
export const groupWords =
  "a group is a short text, on one line and at most 100 characters, and neither . nor ..";
export const tagWords = "a tag is a short text, on one line and at most 100 characters";
export const serviceIdWords = "a service is named host/name, such as here/nginx";

/** `.` and `..` are refused although systemd's letters would allow them: names are parts of addresses. */
export function isServiceName(name: string): boolean {
  return serviceNamePattern.test(name) && name.length <= longestName && name !== "." && name !== "..";
}

export function isHostName(name: string): boolean {
  return hostNamePattern.test(name) && name.length <= longestName;
}

export type UnitName =
  | { readonly tag: "ok"; readonly name: string }
  | { readonly tag: "wrong"; readonly message: string };

/** Checks a unit name by systemd's grammar; `name` is the service's default name, without `.service`. */
export function readUnitName(unit: string): UnitName {
  if (!serviceNamePattern.test(unit)) {
    return { tag: "wrong", message: `${unitNameWords}: letters, digits and _ - . : @ \\` };
  }
  if (unit.length > longestName) {
    return { tag: "wrong", message: `${unitNameWords}, at most ${longestName} characters` };
  }
  if (!unit.endsWith(".service")) {
    return { tag: "wrong", message: `${unitNameWords}; did you mean \`${unit}.service\`?` };
  }
  const name = unit.slice(0, -".service".length);
  if (!isServiceName(name)) return { tag: "wrong", message: unitNameWords };
  if (name.endsWith("@")) {
    return { tag: "wrong", message: `a template does not run; name an instance, such as ${name}1.service` };
  }
  return { tag: "ok", name };
}

/** Names of groups are parts of addresses, as those of services are. */
export function isGroupName(name: string): boolean {
  return isLabel(name) && name !== "." && name !== "..";
}

/** Names of groups and tags: a short text on one line. */
export function isLabel(text: string): boolean {
  return /^[^\p{Cc}]{1,100}$/u.test(text);
}

/** Splits `host/name`; null if the text is not the id of a service. */
export function splitServiceId(id: string): { host: string; name: string } | null {
  const slash = id.indexOf("/");
  const host = id.slice(0, slash);
  const name = id.slice(slash + 1);
  return slash > 0 && isHostName(host) && isServiceName(name) ? { host, name } : null;
}
