/** The types a unit may have: what stands after the last dot of its name (systemd.unit(5)). */
const unitTypes = [
  "service",
  "socket",
  "target",
  "device",
  "mount",
  "automount",
  "swap",
  "timer",
  "path",
  "slice",
  "scope",
] as const;
type UnitType = (typeof unitTypes)[number];

const longestName = 255;
const allowed = /^[A-Za-z0-9:_.\\@-]+$/;

export type UnitNameReading =
  | { readonly tag: "plain"; readonly type: UnitType }
  /** `x@i.service`: `template` is `x@.service`. */
  | {
      readonly tag: "instance";
      readonly type: UnitType;
      readonly template: string;
      readonly instance: string;
    }
  /** `x@.service`: a pattern for instances; it never runs itself. */
  | { readonly tag: "template"; readonly type: UnitType }
  | { readonly tag: "wrong"; readonly reason: string };

/**
 * Reads a unit's name by systemd's grammar (systemd.unit(5), "Description"). A leading `-` is
 * systemd's to allow; options such as `-x` or `--version` are no names, because they have no type.
 */
export function readUnitName(name: string): UnitNameReading {
  if (name.length > longestName) return wrong(name, `it has more than ${longestName} characters`);
  if (!allowed.test(name)) return wrong(name, "only letters, digits and : - _ . \\ @ are allowed");
  const dot = name.lastIndexOf(".");
  const type = unitTypes.find((known) => known === name.slice(dot + 1));
  if (dot === -1 || type === undefined) {
    return wrong(name, `it does not end in a type such as .service (${unitTypes.join(", ")})`);
  }
  if (dot === 0) return wrong(name, "nothing stands before its type");
  const at = name.indexOf("@");
  if (at === -1) return { tag: "plain", type };
  if (at === 0) return wrong(name, "nothing stands before its @");
  const instance = name.slice(at + 1, dot);
  if (instance === "") return { tag: "template", type };
  return { tag: "instance", type, template: `${name.slice(0, at + 1)}.${type}`, instance };
}

/**
 * Why this name must not be handed to the service manager or a command as the name of a unit that
 * runs, in words; null if it may be. Command lines still put `--` before names.
 */
export function refuseUnitName(name: string): string | null {
  const reading = readUnitName(name);
  switch (reading.tag) {
    case "plain":
    case "instance":
      return null;
    case "template":
      return `${name} is a template and does not run; name an instance of it, with a text after the @`;
    case "wrong":
      return reading.reason;
  }
}

function wrong(name: string, why: string): UnitNameReading {
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  return { tag: "wrong", reason: `${JSON.stringify(shown)} is not the name of a unit: ${why}` };
}
