"use client";

import { memo } from "react";
import type { Service } from "@/lib/wire/service";
import { sayParts } from "./say-parts";
import { stripHeight, stripPaths, stripWidth, timesInError, unseenSlug } from "./strip-paths";
import { useStrip } from "./use-strips";
import "./fleet-strip.css";

/** The last 24 hours of a service as a strip of its states: few paths, however often it moved. */
export const FleetStrip = memo(function FleetStrip({ service }: { service: Service }) {
  const picture = useStrip(service);
  if (picture === undefined) return <span className="strip-waiting" aria-hidden="true" />;
  const { bands } = picture;
  const errors = timesInError(bands, picture);
  return (
    <svg
      viewBox={`0 0 ${stripWidth} ${stripHeight}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Last 24 hours: ${sayParts(bands, picture)}${errors > 0 ? ` In Error ${errors === 1 ? "once" : `${errors} times`}.` : ""}`}
      className="strip"
    >
      {stripPaths(bands, picture).map(({ slug, d }) => (
        <path
          key={slug}
          data-lamp={slug}
          d={d}
          fill={slug === unseenSlug ? "url(#strip-hatch)" : undefined}
        />
      ))}
    </svg>
  );
});

/** Stands once on the page: the hatching that all strips share. */
export function StripHatch() {
  return (
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
  );
}
