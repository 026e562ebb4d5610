import { z } from "zod";
import { operatorEvents } from "../machine/types";
import { plainText } from "./query";

const longestReason = 1000;
const largestSeq = 2_147_483_647;

/** What a command is asked with, by the API and by the buttons. `override` names what a refusal named. */
export const commandRequest = z
  .strictObject({
    event: z.enum(operatorEvents, `is one of: ${operatorEvents.join(", ")}`),
    reason: plainText(longestReason).nullish(),
    expectedSeq: z.int().min(0).max(largestSeq).nullish(),
    override: z.literal("busy").nullish(),
  })
  .transform(({ event, reason, expectedSeq, override }) => ({
    event,
    reason: reason?.trim() || null,
    expectedSeq: expectedSeq ?? null,
    override: override ?? null,
  }));
