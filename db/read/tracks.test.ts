import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../test-database";
import { addHost, addMove, addService } from "../test-fleet";
import { readTracks } from "./tracks";

let rig: TestDatabase;
beforeAll(async () => {
  rig = await openTestDatabase();
});
afterAll(async () => rig?.close());

test("every service goes on with the keys of its own newest moves, newest first", async () => {
  await addHost(rig.database, "lab");
  const first = await addService(rig.database, "lab", "first");
  const second = await addService(rig.database, "lab", "second");
  for (const seq of [1, 2]) await addMove(rig.database, { serviceId: first, seq, to: "Running" });
  for (const seq of [1, 2, 3]) await addMove(rig.database, { serviceId: second, seq, to: "Running" });
  const tracks = await readTracks(rig.database, "lab");
  const keysOf = (id: number) => tracks.find(({ serviceId }) => serviceId === id)?.sourceKeys;
  expect(keysOf(first)).toEqual(["test-2", "test-1"]);
  expect(keysOf(second)).toEqual(["test-3", "test-2", "test-1"]);
});
