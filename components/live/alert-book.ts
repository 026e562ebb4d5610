import type { Alert } from "@/lib/wire/alert";

/** How far the open alerts are known: a page that does not know yet must not say that there are none. */
export type AlertsKnown =
  | { readonly tag: "asking" }
  | { readonly tag: "known" }
  /** They could not be read: why, in words. What is shown may be incomplete. */
  | { readonly tag: "failed"; readonly why: string };

/** The alerts that this browser knows. Lists are replaced, never changed in place. */
export interface AlertBook {
  /** Every alert that is not resolved, in no order. */
  open(): readonly Alert[];
  /** Those that were resolved since the page was loaded, the last one first; bounded. */
  resolved(): readonly Alert[];
  known(): AlertsKnown;
  /** Takes over what was told of one alert. */
  take(alert: Alert): void;
  /** A mark of now: `replace` with it keeps what is told from here on. */
  mark(): number;
  /** Takes over all open alerts, as they were read at some time after `mark`. */
  replace(open: readonly Alert[], mark: number): void;
  fail(why: string): void;
  /** Forgets everything: the server has another database. */
  clear(): void;
}

const resolvedKept = 200;
/** A reading takes seconds: nothing told so long ago can have happened meanwhile. */
const toldKept = 5_000;

/**
 * Alerts by id. The feed tells each change in order, a reading may be older than what the feed told
 * meanwhile, and what is resolved never fires again: a new occasion has an id of its own.
 * @param initial what the server read for the page; left out where it read none.
 * @param onChange called after every change.
 */
export function createAlertBook(initial: readonly Alert[] | undefined, onChange: () => void): AlertBook {
  let open = new Map<string, Alert>();
  let openList: readonly Alert[] | null = null;
  let resolved: readonly Alert[] = [];
  let known: AlertsKnown = { tag: "asking" };
  /** When each alert was told last, by `turn`; who was told of longest ago comes first. */
  let told = new Map<string, number>();
  let turn = 0;

  function changed(): void {
    openList = null;
    onChange();
  }

  function put(alert: Alert): void {
    if (alert.status === "resolved") {
      open.delete(alert.id);
      resolved = [alert, ...resolved.filter(({ id }) => id !== alert.id)].slice(0, resolvedKept);
    } else if (!resolved.some(({ id }) => id === alert.id)) open.set(alert.id, alert);
  }

  function take(alert: Alert): void {
    turn += 1;
    told.delete(alert.id);
    told.set(alert.id, turn);
    if (told.size > toldKept) told.delete(told.keys().next().value ?? "");
    put(alert);
    changed();
  }

  function replace(read: readonly Alert[], mark: number): void {
    const isNewer = (id: string) => (told.get(id) ?? 0) > mark;
    const before = open;
    open = new Map([...before].filter(([id]) => isNewer(id)));
    for (const alert of read) if (!isNewer(alert.id)) put(alert);
    told = new Map([...told].filter(([, at]) => at > mark));
    known = { tag: "known" };
    changed();
  }

  if (initial !== undefined) {
    for (const alert of initial) put(alert);
    known = { tag: "known" };
  }

  return {
    open() {
      openList ??= [...open.values()];
      return openList;
    },
    resolved: () => resolved,
    known: () => known,
    take,
    mark: () => turn,
    replace,
    fail(why) {
      known = { tag: "failed", why };
      changed();
    },
    clear() {
      open = new Map();
      resolved = [];
      told = new Map();
      known = { tag: "asking" };
      changed();
    },
  };
}
