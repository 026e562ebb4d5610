import { randomUUID } from "node:crypto";
import type { AlertNews, Entry } from "@/db/write/batch";
import { ruleOf } from "../../insight/rules/table";
import type { AlertSubject } from "../../insight/silences";
import type { Firing } from "./firing";
import type { GroupDesk } from "./group-desk";
import type { HostDesk } from "./host-desk";
import type { Judgement } from "./judge-alerts";
import type { ServiceDesk } from "./service-desk";
import { type SilenceBook, silenceWords } from "./silence-book";

/** What an alert is about: whose alerts fire, and what silences are held against. */
export interface About {
  readonly host: HostDesk;
  /** Null: the host, or the group, as a whole. */
  readonly serviceId: number | null;
  /** The group as a whole; then the host only says under which lease it is written. */
  readonly group: string | null;
  readonly firing: Map<string, Firing>;
  readonly subject: (rule: string) => AlertSubject;
}

/** Hands over to be written what becomes of alerts. */
export class AlertTeller {
  readonly #push: (host: string, epoch: number, entry: Entry) => void;
  readonly #silences: SilenceBook;

  constructor(push: (host: string, epoch: number, entry: Entry) => void, silences: SilenceBook) {
    this.#push = push;
    this.#silences = silences;
  }

  /** Fires and resolves, and says which of those that fire are silenced now, and which are no longer. */
  carryOut(about: About, judgements: readonly Judgement[], at: number): void {
    for (const judgement of judgements) {
      switch (judgement.tag) {
        case "resolve":
          about.firing.delete(judgement.rule);
          this.#tell(about, judgement.firing.id, { tag: "resolved", because: judgement.because }, at);
          break;
        case "fire":
          this.#fire(about, judgement, at);
          break;
      }
    }
    for (const [rule, firing] of about.firing) this.#followSilences(about, rule, firing, at);
  }

  /** All that fires is over, since what it is about is not watched any more. */
  resolveAll(about: About, because: string, at: number): void {
    for (const { id } of about.firing.values()) this.resolve(about, id, because, at);
    about.firing.clear();
  }

  resolve(
    about: Pick<About, "host" | "serviceId" | "group">,
    alertId: string,
    because: string,
    at: number,
  ): void {
    this.#tell(about, alertId, { tag: "resolved", because }, at);
  }

  #fire(about: About, { rule: id, condition }: Extract<Judgement, { tag: "fire" }>, at: number): void {
    const rule = ruleOf(id);
    if (!rule) return;
    const { since, summary, why } = condition;
    const silence = this.#silences.silenceOf(about.subject(id), at);
    const alertId = randomUUID();
    about.firing.set(id, { id: alertId, since, silence });
    const { severity, todo } = rule;
    const silenced = silence && silenceWords(silence);
    this.#tell(about, alertId, { tag: "fired", rule: id, severity, since, summary, why, todo, silenced }, at);
  }

  #followSilences(about: About, rule: string, firing: Firing, at: number): void {
    const silence = this.#silences.silenceOf(about.subject(rule), at);
    if (silence && firing.silence === null)
      this.#tell(about, firing.id, { tag: "silenced", ...silenceWords(silence) }, at);
    if (silence === null && firing.silence !== null)
      this.#tell(about, firing.id, { tag: "unsilenced", ...this.#silences.endOf(firing) }, at);
    firing.silence = silence;
  }

  #tell(
    { host, serviceId, group }: Pick<About, "host" | "serviceId" | "group">,
    alertId: string,
    news: AlertNews,
    at: number,
  ) {
    this.#push(host.watch.host, host.watch.epoch, { tag: "alert", alertId, serviceId, group, at, news });
  }
}

export function aboutHost(host: HostDesk): About {
  const rest = { host: host.watch.host, service: null, group: null, kind: null, tags: [] };
  return { host, serviceId: null, group: null, firing: host.firing, subject: (rule) => ({ rule, ...rest }) };
}

export function aboutService(host: HostDesk, { facts, firing }: ServiceDesk): About {
  const { serviceId, id, group, tags, machine } = facts;
  const rest = { host: host.watch.host, service: id, group, kind: machine.kind, tags };
  return { host, serviceId, group: null, firing, subject: (rule) => ({ rule, ...rest }) };
}

export function aboutGroup(host: HostDesk, { facts: { name }, firing }: GroupDesk): About {
  const rest = { host: null, service: null, group: name, kind: null, tags: [] };
  return { host, serviceId: null, group: name, firing, subject: (rule) => ({ rule, ...rest }) };
}
