import { toRfc3339 } from "../clock";
import type { Micros } from "../machine/types";
import type { ServiceDetail } from "../platforms/contract";
import type { Told } from "../probes/contract";
import { type CommandRow, commandView } from "../wire/command-view";
import { contactView, type StoredContact } from "../wire/contact-view";
import { decisionOf, holderOf } from "../wire/decision";
import type { ThrashLevel } from "../wire/insight";
import type { Contact, Service } from "../wire/service";
import { causeView, type StoredCause } from "../wire/transition-view";

export interface StoredService {
  readonly host: string;
  readonly name: string;
  readonly kind: string;
  readonly groupName: string | null;
  readonly tags: readonly string[];
  readonly settings: { readonly runbook: string | null; readonly validator?: boolean };
  /** The chain's own word, as it was last heard. */
  readonly validator?: boolean | null;
  readonly state: string | null;
  readonly since: Micros | null;
  readonly seq: number;
  readonly detail: ServiceDetail | null;
  readonly application: Told | null;
  /** What is seen, ahead of history that is still being read back. */
  readonly glimpse: { readonly state: string; readonly since: Micros | null } | null;
  readonly thrash: { readonly level: Exclude<ThrashLevel, "none"> } | null;
}

/** What is said of a service that no engine has looked at yet. */
const notYet: ServiceDetail = {
  process: { state: "unknown", detail: "Not seen yet." },
  health: { status: "unknown", detail: "Not seen yet." },
  load: "unknown",
  activity: null,
};

/** What a view of a service is made of, as it is stored. */
export interface StoredParts {
  readonly service: StoredService;
  /** Its host's contact as stored, or as it was found at one moment for the whole host. */
  readonly host: StoredContact | Contact;
  /** The command under way, or whose target is being held. */
  readonly command: CommandRow | null;
  /** Of the move into the present state. */
  readonly cause: StoredCause | null;
  /** How many of its alerts are not resolved. */
  readonly alerts: number;
}

/**
 * A service as every view is given it. What is allowed now, and why the rest is not, is the machine's
 * own decision. Pure.
 */
export function serviceView({ service, host, command, cause, alerts }: StoredParts, now: Micros): Service {
  const id = `${service.host}/${service.name}`;
  const contact = "status" in host ? host : contactView(host, now);
  const { state, since } = service.glimpse ?? service;
  const { allowed, refused } = decisionOf(service.kind, {
    state,
    contact,
    holder: holderOf(command),
  });
  const detail = service.detail ?? notYet;
  const told = service.application;
  return {
    id,
    host: service.host,
    name: service.name,
    kind: service.kind,
    group: service.groupName,
    tags: [...service.tags],
    ...((service.validator ?? service.settings.validator) && { validator: true }),
    state,
    since: since === null ? null : toRfc3339(since),
    seq: service.seq,
    cause: cause && causeView(cause),
    contact,
    health: told?.health ?? detail.health,
    application: told?.application ?? null,
    process: detail.process,
    load: detail.load,
    activity: told?.activity ?? detail.activity,
    thrash: service.thrash?.level ?? "none",
    alerts,
    allowed,
    refused,
    command: command === null ? null : commandView(command, id),
    runbook: service.settings.runbook,
  };
}
