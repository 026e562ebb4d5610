"use client";

import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import type { Service } from "@/lib/wire/service";
import { useNotices, useTransitions } from "../live/use-fleet";
import { useTicking } from "../ui/clock";
import { useHydrated } from "../ui/use-hydrated";
import { useIsVisible } from "../ui/use-is-visible";
import { carryOn, type Picture } from "./bands";
import { createStrips, type Strips, stripMs } from "./strips";

const StripsContext = createContext<Strips | null>(null);

/** Between them the feed carries the strips on; asked anew, they also tell what was read back. */
const anewMs = 15 * 60_000;
const retryMs = 30_000;
/** A strip's finest step. */
const stepMs = 5 * 60_000;

/** Asks for every service's last day, once for the page, after what is needed at once. */
export function StripsProvider({ children }: { children: ReactNode }) {
  const [strips] = useState(createStrips);
  const { resyncs } = useNotices();
  const visible = useIsVisible();

  // biome-ignore lint/correctness/useExhaustiveDependencies: what may have been missed is asked for anew.
  useEffect(() => {
    if (!visible) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const load = () => {
      strips.load(stop.signal).then(
        () => {
          timer = setTimeout(load, anewMs);
        },
        () => {
          timer = setTimeout(load, retryMs);
        },
      );
    };
    timer = setTimeout(load, 0);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [strips, visible, resyncs]);

  return <StripsContext value={strips}>{children}</StripsContext>;
}

/** A service's last day up to now; undefined until it is known. */
export function useStrip(service: Service): Picture | undefined {
  const strips = use(StripsContext);
  const moves = useTransitions(service.id);
  const isClient = useHydrated();
  const picture = useSyncExternalStore(
    strips?.subscribe ?? (() => () => undefined),
    () => strips?.of(service.id),
    () => undefined,
  );
  const now = useTicking(stepOf);
  const { state, since, contact } = service;
  return useMemo(() => {
    if (!isClient || picture === undefined) return undefined;
    // A service's newest move may be known only by where it stands.
    const told = state === null || since === null ? moves : [...moves, { at: since, to: state }];
    const newest = since === null ? now : Math.max(now, Date.parse(since));
    const observedUntil = contact.status === "live" ? newest : Date.parse(contact.since ?? "1970-01-01");
    const { bands } = carryOn(picture, { moves: told, now: newest, observedUntil });
    return { from: newest - stripMs, to: newest, bands };
  }, [isClient, picture, moves, state, since, contact.status, contact.since, now]);
}

const stepOf = (_now: number, serverNow: number) => Math.ceil(serverNow / stepMs) * stepMs;
