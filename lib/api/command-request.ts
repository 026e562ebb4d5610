import { z } from "zod";
import { operatorEvents } from "../machine/types";
import { plainText } from "./query";

const longestReason = 1000;
const largestSeq = 2_147_483_647;

/** What a command is asked with, by the API and by the buttons. `override` is for interlocks to come. */
export const commandRequest = z
  .strictObject({
    event: z.enum(operatorEvents, `is one of: ${operatorEvents.join(", ")}`),
    reason: plainText(longestReason).nullish(),
    expectedSeq: z.int().min(0).max(largestSeq).nullish(),
    override: z.unknown().optional(),
  })
  .transform(({ event, reason, expectedSeq }) => ({
    event,
    reason: reason?.trim() || null,
    expectedSeq: expectedSeq ?? null,
  }));
