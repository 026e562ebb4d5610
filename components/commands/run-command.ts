import type { OperatorEvent } from "@/lib/machine/types";
import type { Command } from "@/lib/wire/service";
import { postJson } from "../live/read-json";
import { partsOfId, serviceApi } from "../service/service-href";

export interface CommandInput {
  readonly event: OperatorEvent;
  readonly reason?: string;
  /** The `seq` that the person saw: a service that has moved on refuses as `stale`. */
  readonly expectedSeq?: number;
  /** Calls off the command under way, where the refusal said that this can be done. */
  readonly override?: "busy";
}

/**
 * Asks for a command at the one door that there is for them, the API.
 * @param id `host/name`
 * @throws RequestProblem with the reason when it was refused; anything else was not answered.
 */
export async function runCommand(id: string, input: CommandInput): Promise<Command> {
  return (await postJson(`${serviceApi(partsOfId(id))}/commands`, input)) as Command;
}
