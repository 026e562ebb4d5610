import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capturedBytes } from "../testing/captured-session";
import { Greeting } from "./greeting";
import { decodeMessage, encodeMessage, messageTypes } from "./message";
import { MessageSplitter } from "./message-splitter";
import { parseSignature } from "./signature";
import { WireError } from "./wire-error";
import { WireReader } from "./wire-reader";
import { type BusArgument, WireWriter } from "./wire-writer";

const greeting = "DATA\r\nOK 5f55d98ba57970ffca01876b6b036528\r\n";
const fromSystemd = capturedBytes("client").subarray(greeting.length);

/** Every message with its body, from bytes that arrive in chunks of these lengths and then the rest. */
function readAll(bytes: Buffer, lengths: readonly number[] = []) {
  const splitter = new MessageSplitter();
  const chunks: Buffer[] = [];
  let from = 0;
  for (const length of lengths) {
    chunks.push(bytes.subarray(from, from + length));
    from += length;
  }
  return [...chunks, bytes.subarray(from)]
    .flatMap((chunk) => splitter.push(chunk))
    .map((message) => ({ ...message, body: message.body() }));
}

describe("a captured session", () => {
  test("is read to its last byte", () => {
    const messages = readAll(fromSystemd);
    const count = (type: number) => messages.filter((message) => message.type === type).length;
    expect([count(messageTypes.reply), count(messageTypes.error)]).toEqual([11, 1]);
    const last = messages.at(-1);
    expect(last).toMatchObject({ member: "UnitRemoved", body: ["sb-nosuch.service", expect.any(String)] });
    const [unit] = messages.filter(({ signature }) => signature === "a{sv}").map(({ body }) => body[0]);
    expect(unit).toBeInstanceOf(Map);
    const told = unit as ReadonlyMap<string, unknown>;
    expect(told.get("Id")).toBe("sb-crash-restart.service");
    expect(told.get("JobTimeoutUSec")).toBe(2 ** 64);
    expect(told.get("Job")).toEqual([0, "/"]);
  });

  test("is the same however the bytes arrive", () => {
    const whole = readAll(fromSystemd);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 40 }), (lengths) => {
        expect(readAll(fromSystemd, lengths)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  test("that is damaged anywhere is read, or refused as no D-Bus, and nothing else", () => {
    fc.assert(
      fc.property(fc.nat(fromSystemd.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Buffer.from(fromSystemd);
        damaged[at] = byte;
        try {
          readAll(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a message", () => {
  test("of random bytes is refused as no D-Bus", () => {
    const bytes = fc.uint8Array({ minLength: 64, maxLength: 400 });
    fc.assert(
      fc.property(bytes, fc.constantFrom("l", "B"), fc.boolean(), (random, order, plausible) => {
        const message = Buffer.from(random);
        if (plausible) {
          message.write(order, "latin1");
          message[3] = 1;
          message.writeUIntBE(0, 4, 3);
          message.writeUIntBE(0, 12, 3);
        }
        try {
          readAll(message);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("in the other byte order is the same message", () => {
    const hex = [
      "42 02 01 01  00000010  00000001  00000010",
      "05 01 7500  00000002  08 01 6700  02 73 74 00",
      "00000002  68 69 00 00  0000000000000100",
    ];
    const bytes = Buffer.from(hex.join("").replaceAll(" ", ""), "hex");
    const message = decodeMessage(bytes);
    expect(message).toMatchObject({ type: messageTypes.reply, replySerial: 2, signature: "st" });
    expect(message.body()).toEqual(["hi", 256]);
  });

  test("that claims to be too long is refused before it has come", () => {
    const claim = Buffer.from("6c02010100000001010000000000 0000".replaceAll(" ", ""), "hex");
    expect(() => new MessageSplitter().push(claim)).toThrow(/16777232 bytes, where 8 MiB is the limit/);
  });

  test("with a text of two megabytes is refused", () => {
    const long = { type: messageTypes.reply, serial: 1, signature: "v" };
    const value = { signature: "s", value: "x".repeat(2_000_000) };
    const message = decodeMessage(encodeMessage({ ...long, body: [value] }));
    expect(() => message.body()).toThrow(/a text of 2000000 bytes/);
  });

  test("is no way to make us nest without end", () => {
    expect(() => parseSignature("a".repeat(100))).toThrow(WireError);
    expect(() => parseSignature(`${"(".repeat(100)}y${")".repeat(100)}`)).toThrow(WireError);
    const nested = Buffer.from(`${"\x01v\0".repeat(200)}\x01y\0\x07`, "latin1");
    expect(() => new WireReader(nested, true, 0).read({ tag: "variant" })).toThrow(/nested too deep/);
  });

  test.each(["a", "(", "()", "a()", "a{", "a{sv", "a{vs}", "a{s}", "a{sss}", "z", "{sv}", "(s"])(
    "with the signature %j is refused",
    (signature) => {
      expect(() => parseSignature(signature)).toThrow(WireError);
    },
  );
});

describe("what is written", () => {
  const cases: [string, BusArgument[]][] = [
    ["ybnqiu", [7, true, -2, 3, -4, 4_000_000_000]],
    ["xtd", [-1_795_386_275_894_034, 1_795_386_275_894_034, 0.5]],
    ["yso", [1, "größer", "/org/freedesktop/systemd1"]],
    ["asas", [["a", "bc", ""], []]],
    [
      "a(sux)y",
      [
        [
          ["a", 1, 2],
          ["b", 3, 4],
        ] as BusArgument[],
        5,
      ],
    ],
  ];

  test.each(cases)("comes back the same: %s", (signature, values) => {
    const reader = new WireReader(new WireWriter().writeAll(signature, values).bytes, true, 0);
    expect(parseSignature(signature).map((type) => reader.read(type))).toEqual(values);
    expect(reader.atEnd).toBe(true);
  });

  test("comes back the same as a dictionary of variants", () => {
    const value = { signature: "a{sv}", value: [["A", { signature: "as", value: ["x"] }]] };
    const reader = new WireReader(new WireWriter().writeAll("v", [value]).bytes, true, 0);
    expect(reader.read({ tag: "variant" })).toEqual(new Map([["A", ["x"]]]));
  });

  test("cannot smuggle a second text behind a NUL", () => {
    expect(() => new WireWriter().writeAll("s", ["a\0b"])).toThrow(/NUL/);
  });
});

test("long lists are written whole, however long their texts are", () => {
  const lists = fc.array(fc.string({ unit: "binary", maxLength: 300 }), { maxLength: 200 });
  const withoutNul = lists.map((list) => list.map((text) => text.toWellFormed().replaceAll("\0", "")));
  fc.assert(
    fc.property(withoutNul, (list) => {
      const call = { type: messageTypes.call, serial: 1, path: "/a", member: "B", destination: "c.d" };
      const [read] = readAll(encodeMessage({ ...call, signature: "as", body: [list] }));
      expect(read?.body).toEqual([list]);
    }),
  );
});

describe("the greeting", () => {
  test("is accepted however it arrives, and what follows it is kept", () => {
    for (let cut = 0; cut <= greeting.length; cut++) {
      const reading = new Greeting();
      reading.push(Buffer.from(greeting.slice(0, cut)));
      const greeted = new Greeting().push(Buffer.from(`${greeting}more`));
      expect(greeted).toEqual({ tag: "accepted", rest: Buffer.from("more") });
      if (cut < greeting.length) {
        expect(reading.push(Buffer.from(greeting.slice(cut)))).toMatchObject({ tag: "accepted" });
      }
    }
  });

  test("that is none is shown for what it is", () => {
    const said = new Greeting().push(Buffer.from("Welcome to node1!\x1b[0m\r\n"));
    expect(said).toEqual({ tag: "refused", reason: expect.stringContaining('"Welcome to node1!.[0m"') });
    expect(new Greeting().push(Buffer.alloc(600, "x"))).toMatchObject({ tag: "refused" });
    expect(new Greeting().push(Buffer.from("REJECTED EXTERNAL\r\n"))).toMatchObject({ tag: "refused" });
  });
});
