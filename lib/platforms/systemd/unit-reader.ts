import type { Session } from "./session";
import type { UnitProperties } from "./unit-facts";
import type { WatchedUnit } from "./unit-watch";

/** How many units are asked about at once: enough to fill a slow line, few enough for systemd. */
const askedTogether = 64;
/**
 * systemd pays for each with a match rule on its own bus connection, and gives that up for good at the
 * bus's limit (max_match_rules_per_connection in dbus-daemon(1): 512). Others need room as well.
 */
const mostKept = 64;

/** Asks a host's systemd about units, and keeps loaded what it may: some, without harm to the host. */
export class UnitReader {
  readonly #session: Session;
  readonly #warn: (message: string) => void;
  /** By unit, whether this user may keep it loaded: polkit's verb "ref", as much as an action. */
  readonly #refs = new Map<string, boolean>();
  #kept = 0;

  constructor(session: Session, warn: (message: string) => void) {
    this.#session = session;
    this.#warn = warn;
  }

  /** One row a name and in their order: what systemd calls them (aliases!), and what state they are in. */
  async list(units: readonly WatchedUnit[]) {
    const rows = await this.#session.listUnitsByNames(units.map(({ unit }) => unit));
    return units.map((watched, place) => {
      const row = rows[place];
      if (row === undefined) return { watched, properties: {} };
      const properties = { loadState: row.load, activeState: row.active, subState: row.sub, job: row.job };
      return { watched: { ...watched, unit: row.unit }, properties };
    });
  }

  /** Tells each as soon as it is read, before anything that its host told later. Resolves after the last. */
  async readEach(
    units: readonly WatchedUnit[],
    onRead: (watched: WatchedUnit, properties: UnitProperties) => void,
  ): Promise<void> {
    const waiting = [...units];
    const ask = async () => {
      for (let watched = waiting.shift(); watched !== undefined; watched = waiting.shift())
        onRead(watched, await this.read(watched.unit));
    };
    await Promise.all(Array.from({ length: askedTogether }, ask));
  }

  /** What can be said of it now; nothing where even that fails, which is no reason to give up the others. */
  async read(unit: string): Promise<UnitProperties> {
    await this.#keep(unit);
    try {
      return await this.#session.unitProperties(unit);
    } catch (error) {
      this.#warn(`${unit} could not be read: ${(error as Error).message}`);
      return {};
    }
  }

  /** One that is not kept may be dropped when it has stopped, and what it was when it ended with it. */
  async #keep(unit: string): Promise<void> {
    if (this.#refs.has(unit) || this.#kept >= mostKept) return;
    this.#kept += 1;
    const granted = await this.#session.ref(unit).catch(() => false);
    if (!granted) this.#kept -= 1;
    this.#refs.set(unit, granted);
  }

  forget(unit: string): void {
    this.#refs.delete(unit);
  }

  /** What this user may do there, as far as systemd says it beforehand; null: not known. */
  rights(): string | null {
    const { uid } = this.#session.facts;
    if (uid === 0) return "root: reads and acts";
    const all = this.#refs.size;
    if (all === 0) return null;
    const who = uid === null ? "this user" : `uid ${uid}`;
    const granted = [...this.#refs.values()].filter(Boolean).length;
    if (granted === 0) return `${who}: reads; polkit has granted nothing so far`;
    if (granted === all) return `${who}: reads, and acts as far as polkit lets it`;
    return `${who}: reads; polkit grants something on ${granted} of ${all} units`;
  }
}
