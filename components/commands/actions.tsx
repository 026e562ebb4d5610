"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { OperatorEvent } from "@/lib/machine/types";
import type { Command } from "@/lib/wire/service";

export interface RunCommandInput {
  readonly service: string;
  readonly event: OperatorEvent;
  readonly reason?: string;
  /** The `seq` that the person saw: a service that has moved on refuses as `stale`. */
  readonly expectedSeq?: number;
  /** Calls off the command under way, where the refusal said that this can be done. */
  readonly override?: "busy";
}

export type RunCommandResult =
  | { readonly tag: "accepted"; readonly command: Command }
  | { readonly tag: "refused"; readonly code: string; readonly reason: string };

/** What a page can ask of the server: server actions, which check everything themselves. */
export interface FleetActions {
  readonly runCommand: (input: RunCommandInput) => Promise<RunCommandResult>;
}

const ActionsContext = createContext<FleetActions | null>(null);

export function ActionsProvider({ actions, children }: { actions: FleetActions; children: ReactNode }) {
  return <ActionsContext value={actions}>{children}</ActionsContext>;
}

export function useActions(): FleetActions {
  const actions = useContext(ActionsContext);
  if (actions === null) throw new Error("This view must stand inside an ActionsProvider.");
  return actions;
}
