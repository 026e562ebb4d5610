import type { Application } from "../wire/application";
import type { Chain, Quorum, QuorumWord } from "../wire/group";
import { chainsWord } from "./chains-word";
import { sayQuorum } from "./quorum-words";

/** What is asked of a member of a group. */
export interface Member {
  /** `host/name` */
  readonly id: string;
  readonly name: string;
  readonly state: string | null;
  /** Its state is seen now. */
  readonly isSeen: boolean;
  readonly application: Pick<Application, "node"> | null;
  /** The configuration calls it a validator, or the chain did when it was last asked. */
  readonly isValidator: boolean;
}

/** In these nothing of it runs, or not for long: whatever others still say of its blocks. */
const downStates: ReadonlySet<string> = new Set(["Stopped", "Stopping", "Restarting", "Error"]);

/**
 * How the validators among these stand. What QBFT and IBFT 2.0 need is 2 n / 3 rounded up (Besu's
 * `BftHelpers.calculateRequiredValidatorQuorum`), and of those that lie or fail they bear (n − 1) / 3
 * rounded down; n is the chain's own count where a node that is seen says it. What was not seen takes
 * part in no count: a chain is safe only with enough validators that were seen to take part in it.
 * Null: there is no validator among them.
 */
export function quorumOf(members: readonly Member[]): Quorum | null {
  const validators = members.filter(isValidator);
  if (validators.length === 0) return null;
  const labels = labelsOf(members);
  const count = chainCount(members, validators.length);
  const by = (wanted: "yes" | "no" | "unknown") =>
    validators.filter((member) => takesPart(member, count === 1) === wanted);
  const taking = by("yes");
  const n = Math.max(count, taking.length);
  const missing = by("no").map(labels);
  const unsure = by("unknown").map(labels);
  const counts = {
    n,
    tolerated: Math.floor((n - 1) / 3),
    needed: Math.ceil((2 * n) / 3),
    participating: taking.length,
    unknown: Math.min(unsure.length + Math.max(0, n - validators.length), n - taking.length),
  };
  const mayFail = counts.participating - counts.needed;
  const inSync = taking.filter(({ state }) => state !== "Syncing").length;
  const chains = chainsOf(validators);
  const doubt = chains.length > 1 ? "chains" : mayFail >= 0 && inSync < counts.needed ? "not in sync" : null;
  const word = doubt === null ? wordOf(mayFail, counts.unknown) : "unknown";
  const told = { ...counts, mayFail, missing, unsure };
  const notWatched = Math.max(0, n - validators.length);
  return { word, detail: sayQuorum(word, told, { notWatched, inSync, chains, doubt }), ...told };
}

/** Whether it counts as a validator: what the chain says goes before what the configuration does. */
function isValidator({ application, isValidator: isKnown }: Member): boolean {
  return chainsWord(application?.node) ?? isKnown;
}

/**
 * How many validators the chain has, by the node with the highest head of those that are seen. One that
 * is syncing knows an old set: it can add to what is known here and not take away from it.
 */
function chainCount(members: readonly Member[], known: number): number {
  const told = members.flatMap(({ application, isSeen, state }) => {
    const node = isSeen ? application?.node : null;
    if (!node || node.validators === null || node.validators < 1) return [];
    return [{ height: node.height ?? -1, count: node.validators, isSyncing: state === "Syncing" }];
  });
  const [best] = told.sort((one, other) => other.height - one.height || other.count - one.count);
  if (!best) return known;
  return best.isSyncing ? Math.max(best.count, known) : best.count;
}

/** The chains that these are of, as far as they are seen and say it. */
function chainsOf(members: readonly Member[]): number[] {
  const ids = members.flatMap(({ application, isSeen }) =>
    isSeen ? (application?.node?.chainId ?? []) : [],
  );
  return [...new Set(ids)].sort((one, other) => one - other);
}

/** Where the chain stands, as those say it that are seen; null too where they are of several chains. */
export function chainOf(members: readonly Member[]): Chain | null {
  const nodes = members.flatMap(({ application, isSeen }) =>
    isSeen && application?.node ? [application.node] : [],
  );
  const heights = nodes.flatMap(({ height }) => (height === null ? [] : [height]));
  if (heights.length === 0 || chainsOf(members).length > 1) return null;
  const height = Math.max(...heights);
  const ages = nodes.flatMap(({ headAt }) => (headAt === null ? [] : [headAt]));
  return { height, headAt: ages.sort().at(-1) ?? null, spread: height - Math.min(...heights) };
}

/** A name that two of them have says nothing: then it is told with its host. */
function labelsOf(members: readonly Member[]): (member: Member) => string {
  const names = members.map(({ name }) => name);
  return ({ id, name }) => (names.indexOf(name) === names.lastIndexOf(name) ? name : id);
}

/**
 * What does not run takes no part, whoever was asked, nor does what is cut off from all others while
 * nobody sees it propose; of what is not seen nothing is known.
 */
function takesPart({ isSeen, state, application }: Member, isAlone: boolean): "yes" | "no" | "unknown" {
  if (!isSeen || state === null) return "unknown";
  if (downStates.has(state)) return "no";
  const said = application?.node?.participates ?? "unknown";
  return said === "unknown" && !isAlone && application?.node?.peers === 0 ? "no" : said;
}

function wordOf(mayFail: number, unknown: number): QuorumWord {
  if (mayFail > 0) return "safe";
  if (mayFail === 0) return unknown > 0 ? "unknown" : "at-risk";
  return mayFail + unknown < 0 ? "stopped" : "unknown";
}
