"use client";

import { type ComponentType, createContext, type ReactNode, use, useEffect, useRef, useState } from "react";
import type { Service } from "@/lib/wire/service";
import { useNotices } from "../live/use-fleet";
import { useIsVisible } from "../ui/use-is-visible";
import type { Strips } from "./strips";
import "./fleet-strip.css";

interface Drawing {
  readonly strips: Strips;
  readonly Strip: ComponentType<{ readonly service: Service; readonly strips: Strips }>;
}

const DrawingContext = createContext<Drawing | null>(null);

/** Between them the feed carries the strips on; asked anew, they also tell what was read back. */
const anewMs = 15 * 60_000;
const retryMs = 30_000;
/** A bad line makes the feed begin anew again and again: that must not fetch every strip each time. */
const atMostEveryMs = 60_000;

/**
 * Asks for every service's last day, once for the page. What reads and draws it is loaded after what is
 * needed at once.
 */
export function StripsProvider({ children }: { children: ReactNode }) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const loaded = useRef<Drawing>(null);
  const loadedAt = useRef(Number.NEGATIVE_INFINITY);
  const { resyncs } = useNotices();
  const visible = useIsVisible();

  // biome-ignore lint/correctness/useExhaustiveDependencies: what may have been missed is asked for anew.
  useEffect(() => {
    if (!visible) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function load(): Promise<void> {
      loaded.current ??= await loadDrawing();
      await loaded.current.strips.load(stop.signal);
      loadedAt.current = performance.now();
      setDrawing(loaded.current);
    }
    function again(): void {
      load().then(
        () => {
          timer = setTimeout(again, anewMs);
        },
        () => {
          timer = setTimeout(again, retryMs);
        },
      );
    }
    timer = setTimeout(again, Math.max(0, loadedAt.current + atMostEveryMs - performance.now()));
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [visible, resyncs]);

  return (
    <DrawingContext value={drawing}>
      <svg width="0" height="0" aria-hidden="true" className="absolute">
        <defs>
          <pattern
            id="strip-hatch"
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M0 0v5" stroke="var(--line-strong)" strokeWidth="2.5" />
          </pattern>
        </defs>
      </svg>
      {children}
    </DrawingContext>
  );
}

async function loadDrawing(): Promise<Drawing> {
  const [{ createStrips }, { Strip }] = await Promise.all([import("./strips"), import("./strip")]);
  return { strips: createStrips(), Strip };
}

/** The last 24 hours of a service as a strip of its states; its place until they are known. */
export function FleetStrip({ service }: { service: Service }) {
  const drawing = use(DrawingContext);
  if (drawing === null) return <span className="strip-waiting" aria-hidden="true" />;
  return <drawing.Strip service={service} strips={drawing.strips} />;
}
