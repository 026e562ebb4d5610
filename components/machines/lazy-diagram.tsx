"use client";

import { useEffect, useRef, useState } from "react";
import type { Machine } from "@/lib/machine/types";
import { MachineDiagram } from "../diagram/machine-diagram";
import "../diagram/diagram.css";

/** The drawing is laid out when it comes near: what does it is large, and most readers look at one machine. */
export function LazyDiagram({ machine }: { machine: Machine }) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: "300px" },
    );
    if (place.current !== null) watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return near ? (
    <MachineDiagram machine={machine} />
  ) : (
    <div ref={place} className="diagram-field" aria-hidden="true">
      <div className="diagram-waiting" />
    </div>
  );
}
