import { expect, test } from "vitest";
import type { Application } from "@/lib/wire/application";
import { aCommand, anApplication, anInitial, aService, aTransition } from "./examples";
import { createFleetStore } from "./fleet-store";
import { createTopics } from "./topics";

/** A store whose views are woken when the test says so. */
function aStore(initial = anInitial()) {
  const waiting: (() => void)[] = [];
  const store = createFleetStore(
    initial,
    createTopics((work) => waiting.push(work)),
  );
  const settle = () => {
    for (const work of waiting.splice(0)) work();
  };
  settle();
  return { store, settle };
}

test("a service of a lower seq never replaces a newer one", () => {
  const { store } = aStore();
  store.apply({ type: "service", data: aService({ seq: 9, state: "Error" }) }, "11");
  store.apply({ type: "service", data: aService({ seq: 8, state: "Running" }) }, "12");
  expect(store.service("here/web")?.state).toBe("Error");
});

test("details of the same seq are taken over", () => {
  const { store } = aStore();
  store.apply({ type: "service", data: aService({ activity: "reloading" }) }, "11");
  expect(store.service("here/web")?.activity).toBe("reloading");
});

test("a change of one service wakes its own row and the counts, and no other row", () => {
  const { store, settle } = aStore(anInitial([aService(), aService({ id: "here/db", name: "db" })]));
  const woken: string[] = [];
  store.subscribe("service:here/web", () => woken.push("web"));
  store.subscribe("service:here/db", () => woken.push("db"));
  store.subscribe("states", () => woken.push("states"));
  store.subscribe("shape", () => woken.push("shape"));
  store.apply({ type: "service", data: aService({ seq: 6, state: "Stopping" }) }, "11");
  settle();
  expect(woken.sort()).toEqual(["states", "web"]);
});

test("truths that begin to disagree wake what counts them, and an application's other words only its own row", () => {
  const { store, settle } = aStore();
  let wakes = 0;
  store.subscribe("states", () => {
    wakes += 1;
  });
  const tell = (application: Application) => {
    store.apply({ type: "service", data: aService({ application }) }, "11");
    settle();
  };
  tell(anApplication({ says: "2 of 4" }));
  expect(wakes).toBe(0);
  const disagreement = { since: "2026-11-23T08:10:00.000000Z", what: "the tunnel has 0 connections" };
  tell(anApplication({ disagreement }));
  expect(wakes).toBe(1);
  tell(anApplication({ disagreement, says: "still nothing" }));
  expect(wakes).toBe(1);
});

test("however many messages come in one turn, a view is woken once", () => {
  const { store, settle } = aStore();
  let wakes = 0;
  store.subscribe("service:here/web", () => {
    wakes += 1;
  });
  for (let seq = 6; seq < 20; seq += 1)
    store.apply({ type: "service", data: aService({ seq }) }, String(seq));
  settle();
  expect(wakes).toBe(1);
  expect(store.service("here/web")?.seq).toBe(19);
});

test("counts follow every move, removal and arrival", () => {
  const { store } = aStore(anInitial([aService(), aService({ id: "here/db", name: "db" })]));
  expect([...store.counts()]).toEqual([["Running", 2]]);
  store.apply({ type: "service", data: aService({ seq: 6, state: "Error" }) }, "11");
  store.apply(
    { type: "service", data: aService({ id: "here/new", state: null, since: null, seq: 0 }) },
    "12",
  );
  store.apply({ type: "service-removed", data: { id: "here/db" } }, "13");
  expect([...store.counts()].sort()).toEqual([
    ["", 1],
    ["Error", 1],
  ]);
});

test("a host that leaves the configuration leaves the picture", () => {
  const contact = { status: "live" as const, since: null, reason: null };
  const hosts = ["far", "here"].map((id) => ({ id, contact, facts: null }));
  const { store, settle } = aStore({ ...anInitial(), hosts });
  let woken = 0;
  store.subscribe("hosts", () => {
    woken += 1;
  });
  store.apply({ type: "host-removed", data: { id: "far" } }, "11");
  store.apply({ type: "host-removed", data: { id: "never" } }, "12");
  settle();
  expect(store.hosts().map(({ id }) => id)).toEqual(["here"]);
  expect(woken).toBe(1);
});

test("a transition is kept once, in its highest revision, newest first", () => {
  const { store } = aStore();
  const late = aTransition({ id: "t7", seq: 7, revision: 1 });
  store.apply({ type: "transition", data: late }, "11");
  store.apply({ type: "transition", data: aTransition({ id: "t6", seq: 6 }) }, "12");
  store.apply({ type: "transition", data: { ...late, revision: 0 } }, "13");
  store.apply({ type: "transition", data: { ...late, revision: 2, from: "Restarting" } }, "14");
  const kept = store.transitions("here/web");
  expect(kept.map(({ id, revision }) => [id, revision])).toEqual([
    ["t7", 2],
    ["t6", 0],
  ]);
});

test("a command only goes forward", () => {
  const { store } = aStore();
  const proven = aCommand({ status: "proven", settledAt: "2026-11-23T08:00:09.000000Z" });
  store.apply({ type: "command", data: proven }, "11");
  store.apply({ type: "command", data: aCommand({ status: "accepted" }) }, "12");
  expect(store.command("c1")?.status).toBe("proven");
});

test("a full fleet removes what is gone and says that history may have been missed", () => {
  const { store } = aStore(anInitial([aService(), aService({ id: "here/db", name: "db" })]));
  store.apply({ type: "fleet", data: { services: [aService({ seq: 7 })], hosts: [] } }, "90");
  expect(store.service("here/db")).toBeNull();
  expect(store.service("here/web")?.seq).toBe(7);
  expect(store.notices().resyncs).toBe(1);
  expect(store.position()).toBe("90");
});

test("an older full fleet does not undo what came after it", () => {
  const { store } = aStore();
  store.apply({ type: "service", data: aService({ seq: 9, state: "Error" }) }, "95");
  store.apply({ type: "fleet", data: { services: [aService({ seq: 7 })], hosts: [] } }, "90");
  expect(store.service("here/web")?.state).toBe("Error");
  expect(store.position()).toBe("95");
});

test("a server with another database replaces the picture, lower seqs and all", () => {
  const { store } = aStore();
  const hello = { build: "b", time: "2026-11-23T08:00:00.000000Z", position: "2", resumed: false, upMs: 0 };
  store.apply({ type: "hello", data: hello }, "");
  store.apply(
    { type: "fleet", data: { services: [aService({ seq: 1, state: "Starting" })], hosts: [] } },
    "2",
  );
  expect(store.service("here/web")?.state).toBe("Starting");
  expect(store.position()).toBe("2");
  expect([...store.counts()]).toEqual([["Starting", 1]]);
});

test("another build behind the feed is noticed", () => {
  const { store } = aStore();
  store.setLink({ tag: "open", heardAt: 1, build: "one", clockOffsetMs: 0 });
  store.setLink({ tag: "open", heardAt: 2, build: "one", clockOffsetMs: 0 });
  expect(store.notices().outdated).toBe(false);
  store.setLink({ tag: "open", heardAt: 3, build: "two", clockOffsetMs: 0 });
  expect(store.notices().outdated).toBe(true);
});

test("a part of the page that is hydrated late finds what the server drew", () => {
  const { store } = aStore();
  store.apply({ type: "service", data: aService({ seq: 6, state: "Error" }) }, "11");
  expect(store.service("here/web")?.state).toBe("Error");
  expect(store.asRendered().service("here/web")?.state).toBe("Running");
  expect(store.asRendered().index()).toBe(store.asRendered().index());
});
