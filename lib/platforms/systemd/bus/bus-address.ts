type BusAddress =
  | { readonly tag: "socket"; readonly path: string }
  | { readonly tag: "unusable"; readonly reason: string };

/**
 * The socket that a bus address names (D-Bus specification, "Server Addresses"): the first of the
 * addresses that is `unix:path=` or `unix:abstract=`. Others need a command prefix.
 */
export function readBusAddress(text: string): BusAddress {
  for (const address of text.split(";")) {
    const [, transport, settings = ""] = /^([a-z-]+):(.*)$/.exec(address) ?? [];
    if (transport !== "unix") continue;
    for (const setting of settings.split(",")) {
      const [key, value = ""] = setting.split("=", 2);
      const path = unescapeValue(value);
      if (path === null || path === "" || path.includes("\0")) continue;
      if (key === "path") return { tag: "socket", path };
      if (key === "abstract") return { tag: "socket", path: `\0${path}` };
    }
  }
  return {
    tag: "unusable",
    reason: `${text} is no bus address that Signalbox can open itself; write it as unix:path=/run/dbus/system_bus_socket`,
  };
}

function unescapeValue(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
