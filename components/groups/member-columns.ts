import type { Service } from "@/lib/wire/service";
import { partOf } from "./members";

/** Which columns a group's table has, besides those that every one has. */
export interface MemberColumns {
  /** Its members are on different hosts. */
  readonly host: boolean;
  /** Some of them are nodes of a chain. */
  readonly nodes: boolean;
  /** Some of them are validators. */
  readonly validators: boolean;
}

export function columnsOf(members: readonly Service[]): MemberColumns {
  return {
    host: members.some(({ host }) => host !== members[0]?.host),
    nodes: members.some(({ kind }) => kind === "besu"),
    validators: members.some((member) => partOf(member) !== null),
  };
}
