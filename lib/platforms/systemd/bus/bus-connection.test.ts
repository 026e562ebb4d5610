import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { capturedBytes, capturedSession } from "../testing/captured-session";
import { answerTo, greetThen, listen } from "../testing/hostile-bus";
import { type BusCall, BusConnection } from "./bus-connection";
import { encodeMessage, type Message, messageTypes } from "./message";
import { openTransport, type Transport } from "./transport";

const driver = { destination: "org.freedesktop.DBus", path: "/org/freedesktop/DBus" };
const sayHello: BusCall = { ...driver, interface: "org.freedesktop.DBus", member: "Hello", reply: "s" };

async function connected(onMessage: Parameters<typeof greetThen>[0]): Promise<BusConnection> {
  const connection = new BusConnection(openTransport({ bus: await listen(greetThen(onMessage)) }));
  await connection.greet(20_000);
  return connection;
}

describe("a connection", () => {
  test("says and hears, byte for byte, what a captured session did", async () => {
    const { transport, sent } = replay();
    const connection = new BusConnection(transport);
    const signals: Message[] = [];
    connection.onSignal = (message) => signals.push(message);
    await connection.greet(20_000);
    const systemd = "org.freedesktop.systemd1";
    const unit = `/${systemd.replaceAll(".", "/")}/unit/sb_2dcrash_2drestart_2eservice`;
    const ask = (member: string, signature: string, body: BusCall["body"], reply: string, path?: string) => {
      const of = path === undefined ? `${systemd}.Manager` : "org.freedesktop.DBus.Properties";
      const target = { destination: systemd, path: path ?? "/org/freedesktop/systemd1", interface: of };
      return connection.call({ ...target, member, ...(body && { signature, body }), reply });
    };
    const crash = "sb-crash-restart.service";
    expect(await connection.call(sayHello)).toEqual([":1.34"]);
    const rule = `sender='${systemd}',type='signal'`;
    await connection.call({ ...sayHello, member: "AddMatch", signature: "s", body: [rule], reply: "" });
    await ask("Subscribe", "", undefined, "");
    const names = [crash, "sb-nosuch.service", "sb-masked.service"];
    const [rows] = await ask("ListUnitsByNames", "as", [names], "a(ssssssouso)");
    expect((rows as unknown[][]).map((row) => row.slice(2, 4))).toEqual([
      ["loaded", "inactive"],
      ["not-found", "inactive"],
      ["masked", "inactive"],
    ]);
    expect(await ask("LoadUnit", "s", [crash], "o")).toEqual([unit]);
    await ask("GetAll", "s", [`${systemd}.Unit`], "a{sv}", unit);
    await ask("GetAll", "s", [`${systemd}.Service`], "a{sv}", unit);
    const [job] = await ask("StartUnit", "ss", [crash, "replace"], "o");
    expect(job).toBe("/org/freedesktop/systemd1/job/10783");
    await ask("KillUnit", "ssi", [crash, "main", 9], "");
    await ask("RestartUnit", "ss", [crash, "replace"], "o");
    await ask("StopUnit", "ss", [crash, "replace"], "o");
    const refused = ask("StartUnit", "ss", ["sb-nosuch.service", "replace"], "o");
    await expect(refused).rejects.toMatchObject({ name: `${systemd}.NoSuchUnit` });
    expect(Buffer.concat(sent).equals(capturedBytes("systemd"))).toBe(true);
    expect(signals.filter(({ member }) => member === "JobRemoved").length).toBeGreaterThan(2);
    await connection.end("done");
  });

  test("hands an answer to whoever waits for it before the signals that came after it", async () => {
    const signal = (member: string) =>
      encodeMessage({ type: messageTypes.signal, serial: 1, path: "/", interface: "x.y", member });
    const connection = await connected((call, socket) => {
      socket.write(Buffer.concat([signal("Before"), answerTo(call, "s", [":1.2"]), signal("After")]));
    });
    const order: string[] = [];
    connection.onSignal = ({ member }) => order.push(member ?? "");
    const ask = async () => {
      const [name] = await connection.call(sayHello);
      return Promise.all([name, Promise.resolve(name)]);
    };
    await ask().then(() => order.push("answer"));
    await expect.poll(() => order).toEqual(["Before", "answer", "After"]);
    await connection.end("done");
  });

  test("answers thousands of calls at once, a few at a time on the wire", async () => {
    let open = 0;
    let most = 0;
    const connection = await connected((call, socket) => {
      most = Math.max(most, ++open);
      setImmediate(() => {
        open--;
        socket.write(answerTo(call, "s", [call.path ?? ""]));
      });
    });
    const calls = Array.from({ length: 3_000 }, (_, index) =>
      connection.call({ ...sayHello, path: `/n${index}` }),
    );
    expect((await Promise.all(calls)).map(([path]) => path)).toEqual(calls.map((_, index) => `/n${index}`));
    expect(most).toBeLessThanOrEqual(32);
    await connection.end("done");
  });

  test("sends what is urgent before what waits for its turn", async () => {
    const heard: (string | null)[] = [];
    const connection = await connected((call, socket) => {
      heard.push(call.path);
      setImmediate(() => socket.write(answerTo(call, "s", ["ok"])));
    });
    const calls = Array.from({ length: 200 }, () => connection.call(sayHello));
    await connection.call({ ...sayHello, path: "/button", urgent: true });
    await Promise.all(calls);
    expect(heard.indexOf("/button")).toBeLessThanOrEqual(32);
    await connection.end("done");
  });

  test("refuses an answer of another type, and lives on", async () => {
    const connection = await connected((call, socket) => {
      socket.write(answerTo(call, call.member === "Hello" ? "u" : "s", [call.member === "Hello" ? 1 : "id"]));
    });
    await expect(connection.call(sayHello)).rejects.toThrow("Hello answered u where s was expected");
    expect(await connection.call({ ...sayHello, member: "GetId" })).toEqual(["id"]);
    await connection.end("done");
    await expect(connection.call(sayHello)).rejects.toThrow("done");
  });
});

describe("a hostile host ends its own connection with the reason", () => {
  const reply = (call: Message, text: string) => answerTo(call, "v", [{ signature: "s", value: text }]);
  const afterGreeting: [string, RegExp, Parameters<typeof greetThen>[0]][] = [
    ["garbage", /no D-Bus: bytes that are no message/, (_, socket) => socket.write("x".repeat(4_096))],
    ["half a message", /closed/, (call, socket) => socket.end(reply(call, "half").subarray(0, 30))],
    [
      "a property of 2 MB",
      /a text of 2000000 bytes/,
      (call, socket) => socket.write(reply(call, "x".repeat(2e6))),
    ],
    [
      "a message of 4 GB",
      /bytes, where 8 MiB is the limit/,
      (_, socket) => socket.write(Buffer.from("6c020101ffffffff01000000ffffffff", "hex")),
    ],
    ["nothing, and closes", /closed/, (_, socket) => socket.end()],
    ["nothing, and breaks off", /broke|closed/, (_, socket) => socket.destroy()],
  ];

  test.each(afterGreeting)("that sends %s", async (_, reason, onMessage) => {
    const connection = await connected(onMessage);
    const call = connection.call({ ...sayHello, reply: "v" });
    const queued = connection.call(sayHello);
    await Promise.all([call, queued].map((each) => expect(each).rejects.toThrow(reason)));
    expect(await connection.ended).toMatch(reason);
  });

  const inGreeting: [string, RegExp, Parameters<typeof listen>[0]][] = [
    ["a web page", /no D-Bus: it says "HTTP\/1.1 400"/, (socket) => socket.write("HTTP/1.1 400\r\n\r\n")],
    ["bytes without an end", /no D-Bus/, (socket) => socket.write(Buffer.alloc(70_000, 0xff))],
    ["half a greeting and closes", /closed/, (socket) => socket.end("DATA\r\nO")],
    ["nothing and closes", /closed/, (socket) => socket.end()],
    ["a refusal", /does not accept the user/, (socket) => socket.write("REJECTED EXTERNAL\r\n")],
    ["nothing at all", /no answer within 300 ms/, () => undefined],
  ];

  test.each(inGreeting)("that greets with %s", async (_, reason, onClient) => {
    const connection = new BusConnection(openTransport({ bus: await listen(onClient) }));
    await expect(connection.greet(reason.source.includes("300") ? 300 : 20_000)).rejects.toThrow(reason);
    expect(await connection.ended).toMatch(reason);
  });

  test("that asks for a password, or never answers, is given up with what it asked", async () => {
    const via = ["sh", "-c", "printf 'Password: ' >&2; exec sleep 600", "--"];
    const connection = new BusConnection(openTransport({ via }));
    await expect(connection.greet(1_000)).rejects.toThrow(/^no answer within 1 s: Password:$/);
    await connection.end("done");
  });

  test("or is not there", async () => {
    const nobody = new BusConnection(openTransport({ bus: "unix:path=/nonexistent/bus" }));
    await expect(nobody.greet(20_000)).rejects.toThrow(/there is no bus at unix:path=\/nonexistent\/bus/);
    const other = new BusConnection(openTransport({ bus: "tcp:host=192.0.2.1,port=1" }));
    await expect(other.greet(20_000)).rejects.toThrow(/write it as unix:path=/);
  });
});

/** A transport whose other side answers what the captured systemd answered, when it did. */
function replay(): { transport: Transport; sent: Buffer[] } {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const sent: Buffer[] = [];
  const script = [...capturedSession];
  let due = 0;
  const play = () => {
    for (;;) {
      const next = script[0];
      if (next === undefined || (next.to === "systemd" && due < next.bytes.length)) return;
      script.shift();
      if (next.to === "client") input.write(next.bytes);
      else due -= next.bytes.length;
    }
  };
  output.on("data", (bytes: Buffer) => {
    sent.push(bytes);
    due += bytes.length;
    play();
  });
  const transport = { input, output, gone: new Promise<string>(() => undefined), said: () => "" };
  return { transport: { ...transport, end: async () => undefined }, sent };
}
