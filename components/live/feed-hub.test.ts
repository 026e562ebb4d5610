import { expect, test } from "vitest";
import type { LinkOptions } from "./event-source-link";
import { createFeedHub, type HubPort } from "./feed-hub";
import type { FeedMessage, FromWorker } from "./feed-protocol";

function aHub() {
  const links: { options: LinkOptions; open: boolean }[] = [];
  let now = 0;
  const hub = createFeedHub({
    now: () => now,
    openLink(options) {
      const link = { options, open: true };
      links.push(link);
      return {
        close() {
          link.open = false;
        },
      };
    },
  });
  const say = (id: string, type: FeedMessage["type"] = "service", link = 0) =>
    links[link]?.options.onMessage({ type, id, data: `{"of":"${id}"}` });
  return { hub, links, say, pass: (ms: number) => (now += ms) };
}

function aTab() {
  const received: FromWorker[] = [];
  const port: HubPort = { post: (message) => received.push(message) };
  const ids = () =>
    received.flatMap((each) => (each.tag === "messages" ? each.messages.map(({ id }) => id) : []));
  return { port, ids, pings: () => received.filter((each) => each.tag === "ping").length };
}

test("many tabs share one stream, and each gets every message once", () => {
  const { hub, links, say } = aHub();
  const [one, two] = [aTab(), aTab()];
  hub.receive(one.port, { tag: "attach", position: "10" });
  say("11");
  hub.receive(two.port, { tag: "attach", position: "10" });
  say("12");
  expect(links).toHaveLength(1);
  expect(links[0]?.options.position).toBe("10");
  expect(one.ids()).toEqual(["11", "12"]);
  expect(two.ids()).toEqual(["11", "12"]);
});

test("a tab that joins gets what came since its position, and nothing older", () => {
  const { hub, say } = aHub();
  const [one, two] = [aTab(), aTab()];
  hub.receive(one.port, { tag: "attach", position: "8" });
  for (const id of ["8", "9", "10", "11"]) say(id);
  hub.receive(two.port, { tag: "attach", position: "9" });
  expect(two.ids()).toEqual(["9", "10", "11"]);
});

test("a tab from before the ring's memory gets a full fleet and what came after it, and only that tab", () => {
  const { hub, links, say } = aHub();
  const [one, two] = [aTab(), aTab()];
  hub.receive(one.port, { tag: "attach", position: "50" });
  say("51");
  hub.receive(two.port, { tag: "attach", position: "7" });
  say("52");
  expect(links[1]?.options.position).toBeNull();
  say("51", "fleet", 1);
  expect(two.ids()).toEqual(["52", "51", "51", "52"]);
  expect(one.ids()).toEqual(["51", "52"]);
  expect(links[1]?.open).toBe(false);
  expect(links[0]?.open).toBe(true);
});

test("a tab that vanished without a word is forgotten, and the stream closes after the last one", () => {
  const { hub, links, say, pass } = aHub();
  const tab = aTab();
  hub.receive(tab.port, { tag: "attach", position: "1" });
  pass(61_000);
  hub.sweep();
  say("2");
  expect(tab.ids()).toEqual([]);
  pass(16_000);
  hub.sweep();
  expect(links[0]?.open).toBe(false);
});

test("a tab that was forgotten in its sleep catches up when it attaches again", () => {
  const { hub, say, pass } = aHub();
  const [awake, asleep] = [aTab(), aTab()];
  hub.receive(awake.port, { tag: "attach", position: "1" });
  hub.receive(asleep.port, { tag: "attach", position: "1" });
  pass(50_000);
  hub.receive(awake.port, { tag: "alive" });
  pass(20_000);
  hub.sweep();
  say("2");
  hub.receive(asleep.port, { tag: "alive" });
  say("3");
  expect(asleep.ids()).toEqual([]);
  hub.receive(asleep.port, { tag: "attach", position: "1" });
  expect(asleep.ids()).toEqual(["2", "3"]);
  expect(awake.pings()).toBe(1);
});

test("a change of page does not cut the stream", () => {
  const { hub, links, pass } = aHub();
  const [before, after] = [aTab(), aTab()];
  hub.receive(before.port, { tag: "attach", position: "1" });
  hub.receive(before.port, { tag: "detach" });
  pass(2_000);
  hub.sweep();
  hub.receive(after.port, { tag: "attach", position: "1" });
  pass(20_000);
  hub.receive(after.port, { tag: "alive" });
  hub.sweep();
  expect(links.map(({ open }) => open)).toEqual([true]);
});
