import type { GroupPicture, Limits } from "../../insight/rules/picture";
import type { Quorum } from "../../wire/group";
import type { Firing } from "./firing";
import { Lasting } from "./lasting";
import type { Moment } from "./moment";

/** What the configuration says of a group of nodes, as far as alerts are concerned. */
export interface GroupFacts {
  readonly name: string;
  readonly limits: Limits;
  readonly members: readonly GroupMemberFacts[];
}

export interface GroupMemberFacts {
  /** `host/name` */
  readonly id: string;
  readonly host: string;
  readonly name: string;
  readonly isValidator: boolean;
}

interface Stretch {
  readonly since: number;
  readonly lasts: Lasting;
}

/** One group as the alert rules see it, followed over time. Decides nothing. */
export class GroupDesk {
  facts: GroupFacts;
  readonly firing = new Map<string, Firing>();
  /** What fires has been read. */
  isLoaded = false;
  #quorum: Quorum | null = null;
  #risk: Stretch | null = null;
  #lost: Stretch | null = null;

  constructor(facts: GroupFacts) {
    this.facts = facts;
  }

  /** How its validators stand now. While that is not known nothing of it counts. */
  take(quorum: Quorum | null, moment: Moment): void {
    this.#quorum = quorum;
    if (quorum?.word === "unknown") {
      for (const stretch of [this.#risk, this.#lost]) stretch?.lasts.doubt(moment.monotonic);
      return;
    }
    // One of which all take part has nothing to mend, however few it may lose.
    const isWeak = quorum !== null && quorum.word !== "safe" && quorum.participating < quorum.n;
    this.#risk = follow(this.#risk, isWeak, moment);
    this.#lost = follow(this.#lost, quorum?.word === "stopped", moment);
  }

  /** Null while it is not known how the validators stand: nothing fires then, and nothing is over. */
  picture(monotonic: number): GroupPicture | null {
    if (this.#quorum?.word === "unknown") return null;
    const { name: id, limits } = this.facts;
    const told = (stretch: Stretch | null) =>
      stretch && { since: stretch.since, seenMs: stretch.lasts.seenMs(monotonic) };
    return { id, quorum: this.#quorum, risk: told(this.#risk), lost: told(this.#lost), limits };
  }
}

function follow(known: Stretch | null, isSo: boolean, moment: Moment): Stretch | null {
  if (!isSo) return null;
  known?.lasts.know(moment);
  return known ?? { since: moment.at, lasts: new Lasting(moment.at, moment) };
}
