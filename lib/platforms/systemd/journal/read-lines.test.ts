import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { longestLine, readLines } from "./read-lines";

async function lines(chunks: readonly Uint8Array[]): Promise<string[]> {
  const read: string[] = [];
  for await (const some of readLines(Readable.from(chunks))) read.push(...some);
  return read;
}

test("lines come whole, however the stream is cut, and in any script", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", " "))),
      fc.integer({ min: 1, max: 9 }),
      async (texts, size) => {
        const whole = Buffer.from(texts.map((text) => `${text}\n`).join(""));
        const chunks: Buffer[] = [];
        for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
        expect(await lines(chunks)).toEqual(texts);
      },
    ),
  );
});

test("a last line without its end is told as it is", async () => {
  expect(await lines([Buffer.from("one\ntw"), Buffer.from("o")])).toEqual(["one", "two"]);
});

test("of a line without end nothing is kept, and the next one is read", async () => {
  const much = Buffer.alloc(longestLine / 4 + 1, 97);
  expect(await lines([much, much, much, much, Buffer.from("\nnext\n")])).toEqual(["", "next"]);
});
