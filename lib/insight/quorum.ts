import type { Application } from "../wire/application";
import type { Chain, Quorum, QuorumWord } from "../wire/group";

/** What is asked of a member of a group. */
export interface Member {
  /** `host/name` */
  readonly id: string;
  readonly name: string;
  readonly state: string | null;
  /** Its state is seen now. */
  readonly isSeen: boolean;
  readonly application: Pick<Application, "node"> | null;
  /** The configuration calls it a validator. */
  readonly isValidator: boolean;
}

/**
 * How the validators among these stand. What QBFT and IBFT 2.0 need is 2 n / 3 rounded up, and they
 * bear (n − 1) / 3 rounded down that fail; n is the chain's own count where a node says it.
 * Null: there is no validator among them.
 */
export function quorumOf(members: readonly Member[]): Quorum | null {
  const validators = members.filter(isValidator);
  if (validators.length === 0) return null;
  const told = members.map(({ application }) => application?.node?.validators ?? 0);
  const n = Math.max(validators.length, ...told);
  const tolerated = Math.floor((n - 1) / 3);
  const needed = Math.ceil((2 * n) / 3);
  const by = (wanted: "yes" | "no" | "unknown") =>
    validators.filter((member) => takesPart(member) === wanted);
  const participating = by("yes").length;
  const missing = by("no").map(({ name }) => name);
  const unsure = by("unknown").map(({ name }) => name);
  const unknown = unsure.length + (n - validators.length);
  const mayFail = participating - needed;
  const word = wordOf(mayFail, unknown);
  const counts = { n, tolerated, needed, participating, unknown, mayFail };
  return { word, detail: detailOf(word, counts, missing), ...counts, missing, unsure };
}

/** Where the chain stands, as these say it. */
export function chainOf(members: readonly Member[]): Chain | null {
  const nodes = members.flatMap(({ application, isSeen }) =>
    isSeen && application?.node ? [application.node] : [],
  );
  const heights = nodes.flatMap(({ height }) => (height === null ? [] : [height]));
  if (heights.length === 0) return null;
  const height = Math.max(...heights);
  const ages = nodes.flatMap(({ headAt }) => (headAt === null ? [] : [headAt]));
  return { height, headAt: ages.sort().at(-1) ?? null, spread: height - Math.min(...heights) };
}

function isValidator({ application, isValidator: isConfigured }: Member): boolean {
  const said = application?.node?.validator;
  return said === undefined || said === "unknown" ? isConfigured : said === "yes";
}

/** What does not run takes no part, whoever was asked; of what is not seen nothing is known. */
function takesPart({ isSeen, state, application }: Member): "yes" | "no" | "unknown" {
  if (!isSeen || state === null) return "unknown";
  return application === null ? "no" : (application.node?.participates ?? "unknown");
}

function wordOf(mayFail: number, unknown: number): QuorumWord {
  if (mayFail > 0) return "safe";
  if (mayFail === 0) return unknown > 0 ? "unknown" : "at-risk";
  return mayFail + unknown < 0 ? "stopped" : "unknown";
}

function detailOf(
  word: QuorumWord,
  {
    n,
    needed,
    participating,
    unknown,
    mayFail,
  }: Pick<Quorum, "n" | "needed" | "participating" | "unknown" | "mayFail">,
  missing: readonly string[],
): string {
  const part = `${participating} of ${n} validators take part, ${needed} are needed`;
  const who = missing.length === 0 ? "" : `; not: ${missing.join(", ")}`;
  switch (word) {
    case "safe":
      return `${part}${who}: ${mayFail === 1 ? "one more" : `${mayFail} more`} may fail.`;
    case "at-risk":
      return `${part}${who}: none may fail any more, one more loss stops the chain.`;
    case "stopped":
      return `${part}${who}: the chain stands still.`;
    case "unknown":
      return `${part}${who}; of ${unknown} it is not known.`;
  }
}
