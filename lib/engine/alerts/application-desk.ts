import { fromRfc3339 } from "../../clock";
import { chainsWord } from "../../insight/chains-word";
import type { ApplicationPicture } from "../../insight/rules/picture";
import type { Told } from "../../probes/contract";
import type { Application } from "../../wire/application";
import { Lasting } from "./lasting";
import type { Moment } from "./moment";

interface Followed {
  readonly detail: string;
  /** By the host's clock, as the application told it. */
  readonly since: number;
  readonly lasts: Lasting;
}

/** Whether it is so now; null: that cannot be known now, and what was known before holds. */
type Found = { readonly detail: string; readonly since: number } | "no" | null;

/** What an application says of itself, as far as alert rules ask, followed over time. Decides nothing. */
export class ApplicationDesk {
  #told: Application | null = null;
  #disagreement: Followed | null = null;
  #idle: Followed | null = null;
  #sync: (Omit<Followed, "since"> & { readonly progressAt: number | null }) | null = null;

  /** The chain's word, as it was last heard. */
  #verdict: boolean | null;

  /** @param verdict what is stored of the chain's word on whether it is a validator. */
  constructor(verdict: boolean | null) {
    this.#verdict = verdict;
  }

  get told(): Application | null {
    return this.#told;
  }

  /** Whether the chain counts it among its validators, as it said last; null: it never said. */
  get isValidator(): boolean | null {
    return this.#verdict;
  }

  /**
   * @param isConfigured the configuration calls it a validator.
   * @returns whether rules have reason to look again.
   */
  take(told: Told | null, isConfigured: boolean, moment: Moment): boolean {
    const before = [this.#disagreement?.lasts, this.#idle?.lasts, this.#sync?.lasts];
    this.#told = told?.application ?? null;
    this.#verdict = chainsWord(this.#told?.node) ?? this.#verdict;
    this.#disagreement = follow(this.#disagreement, disagreementOf(told), moment);
    this.#idle = follow(this.#idle, idleOf(told, this.#verdict ?? isConfigured, moment), moment);
    this.#followSync(told, moment);
    const after = [this.#disagreement?.lasts, this.#idle?.lasts, this.#sync?.lasts];
    return after.some((lasts, n) => lasts !== before[n]);
  }

  /** The host is seen: time counts. */
  run(moment: Moment): void {
    for (const lasts of this.#all()) lasts.run(moment);
  }

  /** The host is not seen, or not yet. */
  stop(monotonic: number): void {
    for (const lasts of this.#all()) lasts.stop(monotonic);
  }

  picture(monotonic: number): ApplicationPicture | null {
    if (this.#told === null) return null;
    return {
      disagreement: asPicture(this.#disagreement, monotonic),
      idle: asPicture(this.#idle, monotonic),
      sync: this.#sync && {
        detail: this.#sync.detail,
        progressAt: this.#sync.progressAt,
        seenMs: this.#sync.lasts.seenMs(monotonic),
      },
    };
  }

  /** Only a head that is known to have moved begins anew; what is not known counts neither way. */
  #followSync(told: Told | null, moment: Moment): void {
    const sync = told?.application.sync ?? null;
    const known = this.#sync;
    if (sync === null) {
      if (told?.health.status === "unknown") known?.lasts.doubt(moment.monotonic);
      else this.#sync = null;
      return;
    }
    const progressAt = sync.progressAt === null ? null : fromRfc3339(sync.progressAt);
    const newest = Math.max(progressAt ?? 0, known?.progressAt ?? 0) || null;
    const hasMoved = known !== null && newest !== known.progressAt;
    const began = newest === null ? moment.at : newest - moment.offsetUs;
    const lasts = known === null || hasMoved ? new Lasting(began, moment) : known.lasts;
    if (sync.reason === "unknown") lasts.doubt(moment.monotonic);
    else lasts.know(moment);
    this.#sync = { detail: sync.detail, progressAt: newest, lasts };
  }

  #all(): Lasting[] {
    return [this.#disagreement, this.#idle, this.#sync].flatMap((each) => each?.lasts ?? []);
  }
}

function follow(known: Followed | null, found: Found, moment: Moment): Followed | null {
  if (found === "no") return null;
  if (found === null) {
    known?.lasts.doubt(moment.monotonic);
    return known;
  }
  if (known === null) return { ...found, lasts: new Lasting(found.since - moment.offsetUs, moment) };
  known.lasts.know(moment);
  return { ...known, detail: found.detail };
}

/** Before it has been asked there is nothing that could disagree, nor agree. */
function disagreementOf(told: Told | null): Found {
  const disagreement = told?.application.disagreement ?? null;
  if (disagreement === null) return told?.health.status === "unknown" ? null : "no";
  return { detail: disagreement.what, since: fromRfc3339(disagreement.since) ?? 0 };
}

function idleOf(told: Told | null, isValidator: boolean, { at, offsetUs }: Moment): Found {
  if (told === null) return "no";
  const { node } = told.application;
  if (node === null) return null;
  if (!isValidator) return "no";
  switch (node.participates) {
    case "yes":
      return "no";
    case "no":
      return { detail: node.participation, since: at + offsetUs };
    case "unknown":
      return null;
  }
}

function asPicture(followed: Followed | null, monotonic: number) {
  return (
    followed && {
      detail: followed.detail,
      since: followed.since,
      seenMs: followed.lasts.seenMs(monotonic),
    }
  );
}
