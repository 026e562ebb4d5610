/**
 * What a line of Besu's own log means. Its formats are those of Besu's source and of lines that people
 * have shown; what stands before the message (time, thread, level, class) does not matter but for the level.
 */
export type LogLine =
  /** Its process begins. */
  | { readonly tag: "starting" }
  /** Its services are up; of the chain that says nothing yet. */
  | { readonly tag: "up" }
  | { readonly tag: "stopping" }
  /** Its node id, as part of an enode URL, or its address. */
  | { readonly tag: "identity"; readonly enode: string | null; readonly address: string | null }
  /** It made a block, or took one in at the head of the chain. */
  | { readonly tag: "block"; readonly height: number; readonly isOwn: boolean; readonly peers: number | null }
  /** It takes in blocks far behind the head. */
  | { readonly tag: "catching-up"; readonly height: number; readonly peers: number | null }
  | { readonly tag: "consensus-paused" }
  | { readonly tag: "consensus-resumed" }
  /** No peer is ahead of it, which is no harm at the head of the chain; or there is none at all. */
  | { readonly tag: "no-target"; readonly peers: number }
  /** A round without a block; each lasts twice as long as the one before it. */
  | { readonly tag: "round"; readonly number: number; readonly expiresInMs: number }
  | { readonly tag: "rounds-told"; readonly quorum: number }
  | { readonly tag: "validators-changed" }
  /** It takes no part any more, and does not end. */
  | { readonly tag: "halted" }
  /** It says of something that it went wrong. */
  | { readonly tag: "error"; readonly text: string };

type Reader = (match: RegExpExecArray) => LogLine;

const amount = String.raw`(\d{1,3}(?:[.,'\u00a0\u202f]\d{3})+|\d+)`;
const count = (text: string | undefined) => Number((text ?? "").replace(/\D/g, ""));

const readers: readonly (readonly [RegExp, Reader])[] = [
  [/\bStarting Ethereum main loop\b|\bStarting Besu\b/, () => ({ tag: "starting" })],
  [/\bEthereum main loop is up\b/, () => ({ tag: "up" })],
  [/\bStopping Network\./, () => ({ tag: "stopping" })],
  [
    /\bEnode URL (enode:\/\/[\da-f]{128})@/i,
    ([, enode]) => ({ tag: "identity", enode: enode ?? null, address: null }),
  ],
  [
    /\bNode address (0x[\da-f]{40})\b/i,
    ([, address]) => ({ tag: "identity", enode: null, address: address?.toLowerCase() ?? null }),
  ],
  [
    new RegExp(String.raw`\b(Produced|Imported)(?: empty block| block)? #${amount}(?!\d)`),
    ({ 1: verb, 2: height, input }) => ({
      tag: "block",
      height: count(height),
      isOwn: verb === "Produced",
      peers: peersIn(input),
    }),
  ],
  [
    new RegExp(String.raw`\bImport reached block ${amount}\b`),
    ({ 1: height, input }) => ({ tag: "catching-up", height: count(height), peers: peersIn(input) }),
  ],
  [/\bStopping \w+ mining coordinator while we are syncing/, () => ({ tag: "consensus-paused" })],
  [/\bStarting \w+ mining coordinator following (?:initial )?sync/, () => ({ tag: "consensus-resumed" })],
  [
    /\bUnable to find sync target\..*\bCurrently checking (\d+) peers?\b/,
    ([, peers]) => ({ tag: "no-target", peers: count(peers) }),
  ],
  [
    /\bMoved to round (\d+) which will expire in (\d+) seconds?/,
    ([, round, seconds]) => ({ tag: "round", number: count(round), expiresInMs: count(seconds) * 1000 }),
  ],
  [/\bBFT round summary \(quorum = (\d+)\)/, ([, quorum]) => ({ tag: "rounds-told", quorum: count(quorum) })],
  [/\bmining thread has suffered a fatal error/i, () => ({ tag: "halted" })],
  [/\bValidator list change\b/, () => ({ tag: "validators-changed" })],
  [
    /\| (?:ERROR|FATAL) +\| (?:[\w.$-]+ \| )?(.+)$/,
    ([, text]) => ({ tag: "error", text: (text ?? "").trim().slice(0, 200) }),
  ],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's colours begin with one.
const colours = /\u001b\[[\d;]*m/g;
const mostRead = 4000;

/** @returns null for a line that tells nothing of how the node is. */
export function readLogLine(line: string): LogLine | null {
  const text = line.slice(0, mostRead).replace(colours, "").trimEnd();
  for (const [pattern, read] of readers) {
    const match = pattern.exec(text);
    if (match !== null) return read(match);
  }
  return null;
}

function peersIn(line: string): number | null {
  const found = /\bPeers: (\d+)/.exec(line)?.[1];
  return found === undefined ? null : Number(found);
}
