import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { takeDemoPorts } from "./demo-ports";

test("two that run at once have different ports, and none that others listen at", async () => {
  const first = await takeDemoPorts(undefined);
  const other = createServer().listen(Number(`${Number(first) + 1}42`), "127.0.0.1");
  // Where somebody has it already, it is in the way just as well.
  await Promise.race([once(other, "listening"), once(other, "error")]);
  const second = await takeDemoPorts(undefined);
  expect(Number(second)).toBeGreaterThan(Number(first) + 1);
  other.close();
});

test("ports that the user chose are taken as they are", async () => {
  expect(await takeDemoPorts("300")).toBe("300");
});
