"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { Service } from "@/lib/wire/service";
import { useTransitions } from "../live/use-fleet";
import { useTicking } from "../ui/clock";
import { carryOn, type Picture } from "./bands";
import { type Strips, stripMs } from "./strips";

/** A strip's finest step. */
const stepMs = 5 * 60_000;
const stepOf = (_now: number, serverNow: number) => Math.ceil(serverNow / stepMs) * stepMs;

/** A service's last day, carried on to now by the feed; undefined of services that were not told of. */
export function useStrip(service: Service, strips: Strips): Picture | undefined {
  const moves = useTransitions(service.id);
  const picture = useSyncExternalStore(strips.subscribe, () => strips.of(service.id));
  const now = useTicking(stepOf);
  const { state, since, contact } = service;
  return useMemo(() => {
    if (picture === undefined) return undefined;
    // A service's newest move may be known only by where it stands.
    const told = state === null || since === null ? moves : [...moves, { at: since, to: state }];
    const observedUntil = contact.status === "live" ? now : Date.parse(contact.since ?? "1970-01-01");
    const { bands } = carryOn(picture, { moves: told, now, observedUntil });
    return { from: now - stripMs, to: now, bands };
  }, [picture, moves, state, since, contact.status, contact.since, now]);
}
