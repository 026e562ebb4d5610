"use server";

import { headers } from "next/headers";
import { type ActionAnswer, runCommandAs } from "@/lib/api/run-command-as";

/**
 * What the buttons call. Refusals are answers, never errors.
 * @param input `{ service: "host/name", event, reason?, expectedSeq? }`; checked here, whoever calls.
 */
export async function runCommand(input: unknown): Promise<ActionAnswer> {
  return runCommandAs(await headers(), input);
}
