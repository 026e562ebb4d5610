"use client";

import { memo } from "react";
import type { Service } from "@/lib/wire/service";
import { sayParts } from "./say-parts";
import { stripHeight, stripPaths, stripWidth, timesInError, unseenSlug } from "./strip-paths";
import type { Strips } from "./strips";
import { useStrip } from "./use-strip";

interface StripProps {
  readonly service: Service;
  readonly strips: Strips;
}

/** A service's last day: few paths, however often it moved. */
export const Strip = memo(function Strip({ service, strips }: StripProps) {
  const picture = useStrip(service, strips);
  if (picture === undefined) return <span className="strip-waiting" aria-hidden="true" />;
  const { bands } = picture;
  return (
    <svg
      viewBox={`0 0 ${stripWidth} ${stripHeight}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Last 24 hours: ${sayParts(bands, picture)}${sayErrors(timesInError(bands, picture))}`}
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

function sayErrors(times: number): string {
  if (times === 0) return "";
  return times === 1 ? " In Error once." : ` In Error ${times} times.`;
}
