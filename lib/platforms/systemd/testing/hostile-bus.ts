import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { decodeMessage, encodeMessage, type Message, messageLength, messageTypes } from "../bus/message";
import type { BusArgument } from "../bus/wire-writer";

/** A temporary folder that goes with the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-systemd-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A socket at which somebody answers as the test says; the address to reach it. */
export async function listen(onClient: (socket: Socket) => void): Promise<string> {
  const path = join(makeFolder(), "bus");
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onClient(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `unix:path=${path}`;
}

/** Greets as a bus does, and then hands each message to the test. */
export function greetThen(onMessage: (message: Message, socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    let bytes = Buffer.alloc(0);
    let greeted = false;
    socket.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!greeted) {
        const end = bytes.indexOf("BEGIN\r\n");
        if (bytes.includes("DATA\r\n") && end === -1) socket.write("DATA\r\nOK 0123456789abcdef\r\n");
        if (end === -1) return;
        greeted = true;
        bytes = bytes.subarray(end + 7);
      }
      for (;;) {
        const length = messageLength(bytes);
        if (length === null || bytes.length < length) return;
        onMessage(decodeMessage(bytes.subarray(0, length)), socket);
        bytes = bytes.subarray(length);
      }
    });
  };
}

/** The bytes of an answer to a call. */
export function answerTo(call: Message, signature = "", body: readonly BusArgument[] = []): Buffer {
  const header = { type: messageTypes.reply, serial: 1, replySerial: call.serial, sender: ":1.1" };
  return encodeMessage({ ...header, signature, body });
}
