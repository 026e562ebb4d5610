import { BlockList, isIP } from "node:net";
import { quote } from "./issue";

export type Checked<Value> =
  | { readonly tag: "ok"; readonly value: Value }
  /** What is wrong and what is allowed; follows the variable's name and a colon. */
  | { readonly tag: "wrong"; readonly message: string };

export function readPort(text: string): Checked<number> {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535
    ? { tag: "ok", value: port }
    : wrong(`${quote(text)}: must be a port from 1 to 65535`);
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Only this machine may reach Signalbox until people can sign in. */
export function readHost(text: string): Checked<string> {
  const address = text.replace(/^\[(.*)\]$/, "$1");
  const version = isIP(address);
  const isLoopback =
    version === 0
      ? address.toLowerCase() === "localhost"
      : loopback.check(address, version === 4 ? "ipv4" : "ipv6");
  return isLoopback
    ? { tag: "ok", value: address }
    : wrong(
        `${quote(text)}: there is no sign-in yet, so only this machine may connect; allowed: 127.0.0.1, ::1, localhost`,
      );
}

/** The message never repeats the value: it may hold a password. */
export function readDatabaseUrl(text: string): Checked<string> {
  const [, start, servers, rest] = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/su.exec(text) ?? [];
  if (servers === undefined) return wrong("must begin with postgres:// or postgresql://");
  // Several servers may be given, separated by commas: PostgreSQL's own form, not a URL's.
  const oneServer = `${start}${servers.split(",")[0]}${rest}`;
  return isReadable(oneServer)
    ? { tag: "ok", value: text }
    : wrong(
        "is no URL that can be read; allowed: postgres://user:password@host:5432/name, with special characters of the password written as %40 and the like",
      );
}

function isReadable(url: string): boolean {
  if (/\s/.test(url) || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  try {
    return [username, password].every((part) => decodeURIComponent(part) !== null);
  } catch {
    // A % that is no escape: the database's client would stop at it.
    return false;
  }
}

/** The origin of a public address. */
export function readPublicUrl(text: string): Checked<string> {
  const message = `${quote(text)}: must be a URL of http or https without a path, such as https://signalbox.example.net`;
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return wrong(text.includes("@") ? "must be a URL without a user name or password" : message);
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    return wrong("must be a URL without a user name or password");
  return url.pathname === "/" && url.search === "" && url.hash === ""
    ? { tag: "ok", value: url.origin }
    : wrong(message);
}

function wrong(message: string): { tag: "wrong"; message: string } {
  return { tag: "wrong", message };
}
