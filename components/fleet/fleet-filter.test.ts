import { expect, test } from "vitest";
import { aService } from "../live/examples";
import { matches, notObserved, readFilter, writeFilter } from "./fleet-filter";

const all = readFilter(new URLSearchParams());

test("an address without parameters shows everything, grouped by group, as rows", () => {
  expect(all).toEqual({ states: [], query: "", by: "group", view: "rows" });
  expect(writeFilter(all)).toBe("");
});

test("a view can be sent to a colleague: the address reads back as the same filter", () => {
  const filter = {
    states: ["Error", "My, own & state"],
    query: "web née",
    by: "host",
    view: "wall",
  } as const;
  expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter);
});

test("a meddled address falls back instead of breaking", () => {
  expect(readFilter(new URLSearchParams("by=;drop&view=3d&state=&q=%00"))).toMatchObject({
    by: "group",
    view: "rows",
    states: [],
  });
});

test("every word of the query must be found, in id, kind, group or tags", () => {
  const service = aService({ group: "Edge", tags: ["canary"] });
  expect(matches({ ...all, query: "  WEB edge " })(service)).toBe(true);
  expect(matches({ ...all, query: "web canary service here" })(service)).toBe(true);
  expect(matches({ ...all, query: "web blue" })(service)).toBe(false);
});

test("several states are alternatives, and not observed is one of them", () => {
  const filter = { ...all, states: ["Error", notObserved] };
  expect(matches(filter)(aService({ state: "Error" }))).toBe(true);
  expect(matches(filter)(aService())).toBe(false);
  expect(matches(filter)(aService({ contact: { status: "lost", since: null, reason: null } }))).toBe(true);
});
