import type { Sql } from "@/db/open";
import { readUnresolvedOfGroup } from "@/db/read/alert-desk";
import type { Entry } from "@/db/write/batch";
import { quorumOf } from "../../insight/quorum";
import { groupRules } from "../../insight/rules/group-rules";
import type { Logger } from "../logger";
import { type AlertTeller, aboutGroup } from "./alert-teller";
import { DueQueue, soonest } from "./due-queue";
import { GroupDesk, type GroupFacts } from "./group-desk";
import { type Elsewhere, isPartlyElsewhere, membersNow, readElsewhere, readEveryUs } from "./group-members";
import type { HostDesk } from "./host-desk";
import { askRules, judgeAlerts } from "./judge-alerts";
import type { KeeperClock } from "./keeper-clock";
import type { SilenceBook } from "./silence-book";

interface Parts {
  readonly sql: Sql;
  readonly log: Logger;
  readonly clock: KeeperClock;
  /** The hosts that this engine watches. */
  readonly hosts: ReadonlyMap<string, HostDesk>;
  readonly teller: AlertTeller;
  readonly silences: SilenceBook;
}

/** A group, and what is known of its members on hosts that another engine watches. */
interface Kept {
  readonly desk: GroupDesk;
  elsewhere: Elsewhere | null;
  isReading: boolean;
}

/**
 * Keeps the alerts of groups of nodes, over members on every host. Of several engines one does: the one
 * that watches the host of a group's first member, under whose lease its alerts are written.
 */
export class GroupKeeper {
  readonly #parts: Parts;
  readonly #due: DueQueue;
  readonly #groups = new Map<string, Kept>();
  /** Whom to look at in this turn. */
  readonly #concerned = new Set<string>();
  #isSoon = false;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#due = new DueQueue(parts.clock, (names) => this.#look(names));
  }

  /** What is configured now. What fires of a group that is gone is ended in the database. */
  replace(all: readonly GroupFacts[]): void {
    const wanted = new Map(all.map((facts) => [facts.name, facts]));
    for (const name of this.#groups.keys())
      if (!wanted.has(name)) {
        this.#groups.delete(name);
        this.#due.set(name, null);
      }
    for (const [name, facts] of wanted) {
      const known = this.#groups.get(name);
      if (known) known.desk.facts = facts;
      else this.#groups.set(name, keptOf(facts));
    }
    this.lookAll();
  }

  /** To be told of what is handed over to be written about a host. */
  hear(host: string, entry: Entry): void {
    switch (entry.tag) {
      case "moves":
      case "application": {
        const group = this.#parts.hosts.get(host)?.services.get(entry.serviceId)?.facts.group;
        if (group && this.#groups.has(group)) this.#look([group]);
        return;
      }
      case "contact":
      case "gap":
      case "glimpses-over":
        this.lookAll();
        return;
      case "alert":
      case "attribution":
      case "command":
      case "detail":
      case "facts":
      case "glimpse":
      case "observed":
      case "thrash":
      case "wanted":
        return;
    }
  }

  lookAll(): void {
    this.#look([...this.#groups.keys()]);
  }

  close(): void {
    this.#isClosed = true;
    this.#due.close();
  }

  /** At the end of this turn, before what was heard in it is written. */
  #look(names: readonly string[]): void {
    for (const name of names) this.#concerned.add(name);
    if (this.#isSoon || this.#isClosed || this.#concerned.size === 0) return;
    this.#isSoon = true;
    queueMicrotask(() => {
      this.#isSoon = false;
      const concerned = [...this.#concerned].flatMap((name) => this.#groups.get(name) ?? []);
      this.#concerned.clear();
      if (!this.#isClosed) for (const kept of concerned) this.#judge(kept);
    });
  }

  #judge(kept: Kept): void {
    const { desk } = kept;
    const { clock, hosts, silences, teller } = this.#parts;
    const home = hosts.get(homeOf(desk.facts));
    const moment = { ...clock.now(), offsetUs: 0, gaps: [] };
    // Another engine judges it, and what fired here is its to end.
    if (!home) {
      if (desk.isLoaded) this.#groups.set(desk.facts.name, keptOf(desk.facts));
      return;
    }
    if (!desk.isLoaded || !this.#isUpToDate(kept, moment.monotonic)) {
      void this.#read(kept);
      return;
    }
    desk.take(quorumOf(membersNow(desk.facts, hosts, kept.elsewhere, moment.monotonic)), moment);
    const picture = desk.picture(moment.monotonic);
    const about = aboutGroup(home, desk);
    const isExpected = (rule: string) => silences.maintenanceOf(about.subject(rule), moment.at) !== null;
    const told = picture && judgeAlerts(askRules(groupRules, picture), desk.firing, isExpected);
    teller.carryOut(about, told?.judgements ?? [], moment.at);
    const again = isPartlyElsewhere(desk.facts, hosts) ? readEveryUs : null;
    this.#due.set(desk.facts.name, soonest([told?.dueInUs ?? null, again]));
  }

  #isUpToDate({ desk, elsewhere }: Kept, monotonic: number): boolean {
    if (!isPartlyElsewhere(desk.facts, this.#parts.hosts)) return true;
    return elsewhere !== null && monotonic - elsewhere.readAt < readEveryUs;
  }

  /** What fires, once, and what others watch, anew; then it is judged. */
  async #read(kept: Kept): Promise<void> {
    const { desk } = kept;
    const { sql, clock, hosts, log } = this.#parts;
    const { name } = desk.facts;
    if (kept.isReading) return;
    kept.isReading = true;
    try {
      if (!desk.isLoaded)
        for (const { id, rule, since, silenced } of await readUnresolvedOfGroup(sql, name))
          desk.firing.set(rule, { id, since, silence: silenced ? "unknown" : null });
      desk.isLoaded = true;
      if (isPartlyElsewhere(desk.facts, hosts)) kept.elsewhere = await readElsewhere(sql, name, clock.now());
      this.#look([name]);
    } catch (error) {
      log.warn("a group cannot be read now; it is judged later", { group: name, error });
      if (!this.#isClosed) this.#due.set(name, readEveryUs);
    } finally {
      kept.isReading = false;
    }
  }
}

function keptOf(facts: GroupFacts): Kept {
  return { desk: new GroupDesk(facts), elsewhere: null, isReading: false };
}

/** The host of the first member, by which one of several engines judges a group. */
function homeOf({ members }: GroupFacts): string {
  return members.map(({ host }) => host).sort()[0] ?? "";
}
