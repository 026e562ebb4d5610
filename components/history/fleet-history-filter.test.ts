import { expect, test } from "vitest";
import { aService, aTransition } from "../live/examples";
import {
  allOfHistory,
  askHistory,
  isFiltered,
  isInHistory,
  readHistoryFilter,
  writeHistoryFilter,
} from "./fleet-history-filter";

const now = Date.parse("2026-11-23T08:00:00Z");
const read = (address: string) => readHistoryFilter(new URLSearchParams(address));

test.each([
  "",
  "state=Error&state=Starting&cause=operator&actor=Ada+L.&host=here&kind=besu&q=web&span=24h",
  "from=2026-11-23T07%3A00%3A00.000Z&to=2026-11-23T08%3A00%3A00.000Z",
  "to=2026-11-23T08%3A00%3A00.000Z",
])("the address %j is written as it was read", (address) => {
  expect(writeHistoryFilter(read(address))).toBe(address);
  expect(isFiltered(read(address))).toBe(address !== "");
});

test("a span back from now is asked for as an instant, one between instants as it is", () => {
  expect(askHistory(read("span=1h&state=Error"), now)).toBe("state=Error&from=2026-11-23T07%3A00%3A00.000Z");
  expect(askHistory(read("from=2026-11-01T00:00:00Z"), now)).toBe("from=2026-11-01T00%3A00%3A00Z");
  expect(askHistory(allOfHistory, now)).toBe("");
});

test.each([
  ["", true],
  ["state=Running", true],
  ["state=Error", false],
  ["cause=service&cause=host", true],
  ["cause=operator", false],
  ["actor=Ada", false],
  ["host=here", true],
  ["host=her", false],
  ["kind=service", true],
  ["kind=besu", false],
  ["q=E/WE", true],
  ["q=db", false],
  ["span=1h", true],
  ["from=2026-11-23T08:00:00Z", true],
  ["to=2026-11-23T08:00:00Z", false],
])("a move that is told live is shown under %j: %j", (address, shown) => {
  expect(isInHistory(read(address), aTransition(), aService(), now)).toBe(shown);
});

test("a move of a service that is not known is in no kind's history", () => {
  expect(isInHistory(read("kind=service"), aTransition(), null, now)).toBe(false);
  expect(isInHistory(read(""), aTransition(), null, now)).toBe(true);
});
