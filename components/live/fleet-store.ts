import type { Alert } from "@/lib/wire/alert";
import type { HostContact, LiveEvent } from "@/lib/wire/live";
import type { Command, Service, Transition } from "@/lib/wire/service";
import { type AlertBook, createAlertBook } from "./alert-book";
import { comparePositions, type LinkState } from "./feed-protocol";
import { createFleetRecords, putCommand, putService, putTransition, removeService } from "./fleet-records";
import { createTopics, type Topic } from "./topics";

/** What the server rendered the page from: the state of things at `position` of the feed. */
export interface FleetInitial {
  readonly services: readonly Service[];
  readonly hosts: readonly HostContact[];
  readonly position: string;
  readonly configErrors: readonly string[];
  /** Since when the server has been without its database, if it is. */
  readonly databaseLostSince?: string | null;
  /** Recent ones of any service, where the page has them. */
  readonly transitions?: readonly Transition[];
  /** Every open alert, where the server read them; else the browser asks. */
  readonly alerts?: readonly Alert[];
}

/** Whatever concerns the whole page. */
export interface Notices {
  readonly configErrors: readonly string[];
  /** Since when the server has been without its database. */
  readonly databaseLostSince: string | null;
  /** Signalbox was replaced by another build since this page was loaded. */
  readonly outdated: boolean;
  /** Grows whenever history may have been missed: what was loaded page by page is then asked for anew. */
  readonly resyncs: number;
}

export interface FleetStore {
  apply(event: LiveEvent, at: string): void;
  absorb(rendered: FleetInitial): void;
  subscribe(topic: Topic, listener: () => void): () => void;
  position(): string;
  service(id: string): Service | null;
  /** Newest first, as far as they are known here. */
  transitions(id: string): readonly Transition[];
  /** Transitions of any service in the order in which they were told here; only the last thousand or so. */
  told(): readonly Transition[];
  command(id: string): Command | null;
  /** The command asked for last of this service, settled or not. */
  lastCommand(id: string): Command | null;
  takeCommand(command: Command): void;
  /** Every service with its place and state; the rest of a record may be newer in `service(id)`. */
  index(): readonly Service[];
  counts(): ReadonlyMap<string, number>;
  hosts(): readonly HostContact[];
  readonly alerts: AlertBook;
  notices(): Notices;
  link(): LinkState | null;
  setLink(next: LinkState): void;
  /** The picture that the server drew: what hydration, which may come late, has to draw again. */
  asRendered(): FleetStore;
}

/**
 * The browser's picture of the fleet: filled from the server's rendering, kept true by the feed.
 * Messages take effect at once; the views they concern, and only those, are woken once per turn.
 * Nothing older ever replaces something newer.
 */
export function createFleetStore(initial: FleetInitial, topics = createTopics()): FleetStore {
  let records = createFleetRecords();
  let position = initial.position;
  let isAsRendered = true;
  let rendered: FleetStore | null = null;
  let startsOver = false;
  let link: LinkState | null = null;
  let build = "";
  let notices: Notices = {
    configErrors: initial.configErrors,
    databaseLostSince: initial.databaseLostSince ?? null,
    outdated: false,
    resyncs: 0,
  };
  let counts: ReadonlyMap<string, number> = new Map();
  let index: readonly Service[] = [];
  let hosts: readonly HostContact[] = [];
  const stale = new Set<"index" | "counts" | "hosts">(["index", "counts", "hosts"]);
  const alerts = createAlertBook(initial.alerts, () => touch("alerts"));

  function touch(...changed: readonly Topic[]): void {
    isAsRendered = false;
    topics.touch(...changed);
  }

  function takeService(service: Service): void {
    const change = putService(records, service);
    if (change === "none") return;
    touch(`service:${service.id}`);
    if (change === "detail") return;
    stale.add("index").add("counts");
    touch("states");
    if (change === "shape") touch("shape");
  }

  function takeRemoval(id: string): void {
    if (!removeService(records, id)) return;
    stale.add("index").add("counts");
    touch(`service:${id}`, `transitions:${id}`, "states", "shape");
  }

  function takeTransition(transition: Transition): void {
    if (putTransition(records, transition)) touch(`transitions:${transition.service}`, "told");
  }

  function takeHost(host: HostContact): void {
    records.hosts.set(host.id, host);
    stale.add("hosts");
    touch("hosts");
  }

  function takeHostRemoval(id: string): void {
    if (!records.hosts.delete(id)) return;
    stale.add("hosts");
    touch("hosts");
  }

  function takeCommand(command: Command): void {
    if (putCommand(records, command)) touch(`service:${command.service}`);
  }

  function takeFleet(services: readonly Service[], known: readonly HostContact[]): void {
    if (startsOver) {
      for (const id of [...records.services.keys()]) takeRemoval(id);
      records = createFleetRecords();
      alerts.clear();
      startsOver = false;
    }
    const kept = new Set(services.map((service) => service.id));
    for (const id of [...records.services.keys()]) if (!kept.has(id)) takeRemoval(id);
    services.forEach(takeService);
    records.hosts.clear();
    known.forEach(takeHost);
    touch("hosts");
  }

  function note(change: Partial<Notices>): void {
    notices = { ...notices, ...change };
    touch("notices");
  }

  function apply(event: LiveEvent, at: string): void {
    switch (event.type) {
      case "hello":
        // A server that cannot resume and stands before us has another database: what is here does not hold.
        startsOver = !event.data.resumed && comparePositions(event.data.position, position) < 0;
        if (startsOver) position = event.data.position;
        break;
      case "fleet":
        takeFleet(event.data.services, event.data.hosts);
        note({ resyncs: notices.resyncs + 1 });
        break;
      case "service":
        takeService(event.data);
        break;
      case "service-removed":
        takeRemoval(event.data.id);
        break;
      case "transition":
        takeTransition(event.data);
        break;
      case "command":
        takeCommand(event.data);
        break;
      case "alert":
        alerts.take(event.data);
        break;
      case "host":
        takeHost(event.data);
        break;
      case "host-removed":
        takeHostRemoval(event.data.id);
        break;
      case "config":
        note({ configErrors: event.data.errors });
        break;
      case "database":
        note({ databaseLostSince: event.data.lostSince });
        break;
    }
    if (at !== "" && comparePositions(at, position) > 0) position = at;
  }

  /** Takes over what a newer rendering of the server brought along. */
  function absorb(rendered: FleetInitial): void {
    rendered.services.forEach(takeService);
    rendered.hosts.forEach((host) => {
      if (!records.hosts.has(host.id)) takeHost(host);
    });
    rendered.transitions?.forEach(takeTransition);
  }

  absorb(initial);
  isAsRendered = true;

  const store: FleetStore = {
    apply,
    absorb,
    subscribe: topics.subscribe,
    position: () => position,
    service: (id: string) => records.services.get(id) ?? null,
    transitions: (id: string) => records.transitions.get(id) ?? noTransitions,
    told: () => records.told,
    command: (id: string) => records.commands.get(id) ?? null,
    lastCommand: (id: string) => records.lastCommands.get(id) ?? null,
    takeCommand,
    index(): readonly Service[] {
      if (stale.delete("index")) index = [...records.services.values()];
      return index;
    },
    counts(): ReadonlyMap<string, number> {
      if (stale.delete("counts")) counts = new Map(records.counts);
      return counts;
    },
    hosts(): readonly HostContact[] {
      if (stale.delete("hosts")) hosts = [...records.hosts.values()];
      return hosts;
    },
    alerts,
    notices: () => notices,
    link: () => link,
    asRendered() {
      if (isAsRendered) return store;
      rendered ??= createFleetStore(initial);
      return rendered;
    },
    setLink(next: LinkState) {
      link = next;
      touch("link");
      if (next.tag !== "open" || next.build === "") return;
      if (build !== "" && build !== next.build) note({ outdated: true });
      build ||= next.build;
    },
  };
  return store;
}

const noTransitions: readonly Transition[] = [];
