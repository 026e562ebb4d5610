import type { Cause } from "../../../machine/observation";
import type { UnitProperties } from "../unit-facts";
import { askedBy } from "./jobs";
import type { JobSeen } from "./memory";
import type { Situation } from "./situation";
import { listInWords, systemdSpanInWords } from "./words";

/** What was done, in the past tense that follows "was". */
type Deed = "started" | "stopped" | "restarted" | "reset";

/**
 * Who wanted it, as far as jobs tell. systemd keeps no name: a job that Signalbox did not ask for,
 * that no other unit took along and that no automatism made, is someone's on the host.
 */
export function causeOfJob(situation: Situation, job: JobSeen, deed: Deed): Cause {
  const { memory, properties } = situation;
  const asked = askedBy(memory, job.id);
  if (asked) return causeOfAsked(asked.context, deed);
  if (job.automatic)
    return causeOfAutomaticRestart(properties, memory.automatic ?? properties.nRestarts ?? 1);
  const trigger = deed === "started" && isNewLife(situation) ? triggerOf(properties) : null;
  if (trigger !== null) return byManager(`started by ${trigger}`);
  if (memory.manager === "stopping") return { kind: "host", detail: `${deed} because the host shuts down` };
  if (memory.manager === "starting") return { kind: "host", detail: `${deed} while the host boots` };
  const company = companyOf(properties, job, deed);
  if (company.length > 0) return byManager(`${deed} together with ${listInWords(company)}`);
  const mayBe = properties.triggeredBy ?? [];
  // systemd tells since version 252 what triggered a start.
  if (deed === "started" && mayBe.length > 0 && properties.activationDetails === undefined)
    return unseen(`started by ${mayBe.join(" or ")}, or by someone on the host: systemd does not say which`);
  return { kind: "host-operator", detail: `${deed} by someone on the host` };
}

/** Before the new invocation is named, the details are still those of the life before. */
function isNewLife({ memory, properties }: Situation): boolean {
  return properties.invocation !== memory.life.invocation && properties.invocation !== memory.life.before;
}

/** Signalbox asked for it, on behalf of someone. */
export function causeOfAsked(
  { actor, commandId }: { readonly actor: string; readonly commandId: string },
  deed: Deed,
): Cause {
  return { kind: "operator", actor, commandId, detail: `${deed} by ${actor}` };
}

export function causeOfAutomaticRestart(properties: UnitProperties, attempt: number): Cause {
  const delay = systemdSpanInWords(properties.restartUs);
  return byManager(`automatic restart, attempt ${attempt}${delay === null ? "" : `, after ${delay}`}`);
}

export function byManager(detail: string): Cause {
  return { kind: "service-manager", detail };
}

export function unseen(detail: string): Cause {
  return { kind: "unknown", detail };
}

/** A command's consequences can be told with it, whatever their own cause is. */
export function withCommandOf(cause: Cause, beginning: Cause | null): Cause {
  const commandId = beginning?.commandId;
  return commandId === undefined || cause.commandId !== undefined ? cause : { ...cause, commandId };
}

/** The timer, socket or path that asked, as systemd ≥ 252 tells it. */
function triggerOf({ activationDetails = [] }: UnitProperties): string | null {
  return activationDetails.find(([key]) => key === "trigger_unit")?.[1] ?? null;
}

/** The units given a job in the same breath which this one depends on that way. */
function companyOf(properties: UnitProperties, { together }: JobSeen, deed: Deed): string[] {
  const { boundTo = [], pulledInBy = [] } = properties;
  const related = deed === "started" ? pulledInBy : boundTo;
  return together.filter((unit) => related.includes(unit));
}
