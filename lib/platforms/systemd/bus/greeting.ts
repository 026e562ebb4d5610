/**
 * The client's half of the authentication (D-Bus specification, "Authentication Protocol"):
 * EXTERNAL without a name, so that the bus takes the user that the socket, or the bridge, runs as.
 */
export const hello = "\0AUTH EXTERNAL\r\nDATA\r\n";
export const begin = "BEGIN\r\n";

type Greeted =
  | { readonly tag: "waiting" }
  /** The bus took us; `rest` is what came after its greeting. */
  | { readonly tag: "accepted"; readonly rest: Buffer }
  | { readonly tag: "refused"; readonly reason: string };

const longestLine = 512;

/** Reads the bus's half of the authentication, however it is chunked. */
export class Greeting {
  #bytes: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Greeted {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (;;) {
      const end = this.#bytes.indexOf("\n");
      if (end === -1 && this.#bytes.length <= longestLine) return { tag: "waiting" };
      const line = this.#bytes.toString("latin1", 0, end === -1 ? longestLine : end).replace(/\r$/, "");
      this.#bytes = this.#bytes.subarray(end + 1);
      if (/^OK( |$)/.test(line)) return { tag: "accepted", rest: this.#bytes };
      if (/^REJECTED( |$)/.test(line)) {
        return {
          tag: "refused",
          reason: "the bus there does not accept the user that the connection runs as",
        };
      }
      if (!/^DATA( |$)/.test(line)) return { tag: "refused", reason: notABus(line) };
    }
  }
}

function notABus(line: string): string {
  const shown = line.slice(0, 100).replace(/[^ -~]/g, ".");
  return `what answers there is no D-Bus: it says "${shown}" (a login script that prints a text does this too)`;
}
