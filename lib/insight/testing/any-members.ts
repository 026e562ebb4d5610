import fc from "fast-check";
import type { Node } from "../../wire/application";
import type { Member } from "../quorum";

/** Validators for tests of what is made of them. */

export const aNode: Node = {
  height: 1_000,
  headAt: "2026-11-28T08:00:00.000000Z",
  peers: 4,
  minPeers: 1,
  version: null,
  chainId: 138,
  address: null,
  validator: "yes",
  participates: "yes",
  participation: "It proposed block 1,000.",
  lastProposed: 1_000,
  validators: null,
  round: null,
};

/** A validator that takes part; `node` null: nothing is said of it. */
export function aValidator(
  name: string,
  changes: Partial<Member> = {},
  node: Partial<Node> | null = {},
): Member {
  return {
    id: `here/${name}`,
    name,
    state: "Consensus",
    isSeen: true,
    application: node && { node: { ...aNode, ...node } },
    isValidator: true,
    ...changes,
  };
}

/** validator-1, validator-2, … */
export function validators(count: number, node: Partial<Node> = {}): Member[] {
  return Array.from({ length: count }, (_, n) => aValidator(`validator-${n + 1}`, {}, node));
}

export function stopped({ id, name }: Member): Member {
  return { id, name, state: "Stopped", isSeen: true, application: null, isValidator: true };
}

const verdict = fc.constantFrom("yes", "no", "unknown" as const);

const anyNode: fc.Arbitrary<Node> = fc
  .record({
    validator: verdict,
    participates: verdict,
    validators: fc.option(fc.integer({ min: 0, max: 12 })),
    height: fc.option(fc.nat(1_000)),
    chainId: fc.option(fc.constantFrom(138, 1_337)),
  })
  .map((told) => ({ ...aNode, ...told }));

const anyMember = fc.record({
  state: fc.option(
    fc.constantFrom("Stopped", "Starting", "Syncing", "Synced", "Running", "Consensus", "Stopping", "Error"),
  ),
  isSeen: fc.boolean(),
  application: fc.option(fc.record({ node: fc.option(anyNode) })),
  isValidator: fc.boolean(),
});

export const anyMembers: fc.Arbitrary<Member[]> = fc
  .array(anyMember, { maxLength: 9 })
  .map((members) => members.map((each, n) => ({ id: `here/node-${n}`, name: `node-${n}`, ...each })));
