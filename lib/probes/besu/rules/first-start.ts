import type { Micros } from "../../../machine/types";
import { type BesuMemory, hasSpoken } from "./besu-memory";

/** A Java program may take so long until it answers; after that it is unresponsive. */
const firstStartUs = 120_000_000;

/** Until when a process that nobody hears of may still be starting; null: it was up before it was watched. */
export function firstStartEnds({ upSince }: BesuMemory): Micros | null {
  return upSince === null ? null : upSince + firstStartUs;
}

/** That nobody answers while the node comes up is no failure yet. */
export function isFirstStart(memory: BesuMemory, at: Micros): boolean {
  const ends = firstStartEnds(memory);
  return !hasSpoken(memory.state) && ends !== null && at < ends;
}

/** It should have answered by now, and nobody has heard of it. */
export function isUnresponsive(memory: BesuMemory, at: Micros): boolean {
  const ends = firstStartEnds(memory);
  return !hasSpoken(memory.state) && ends !== null && at >= ends;
}
