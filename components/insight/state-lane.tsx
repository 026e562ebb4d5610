"use client";

import { memo, type ReactNode, useId, useMemo } from "react";
import { Lamp } from "../lamp/lamp";
import { LampDrawing } from "../lamp/lamp-drawing";
import { lampOf } from "../lamp/state-lamps";
import { formatExactSpan } from "../ui/format-span";
import { clipped, type StateBand } from "./bands";
import { Lane } from "./lane";
import { boxOf, type TimeFrame, useTimeFrame } from "./time-frame";
import { bandWord, sayBand, sayBoth, sayCount } from "./time-words";

const usualHeight = 40;
/** A lane that is lower than this has no foot: its bands are one colour. */
const footFromPx = 32;
/** From these widths on a band has a quiet ground, its shape, and its word. */
const [groundPx, shapePx, wordPx] = [6, 20, 76];
/** What no eye may miss is never thinner than this. */
const errorPx = 3;

interface StateLaneProps {
  /** For assistive technology: whose states. */
  readonly name?: string;
  readonly height?: number;
  readonly bands: readonly StateBand[];
  /** The drawing in words: the id of the element that holds them. */
  readonly describedBy: string;
  readonly onOpen?: (band: StateBand) => void;
}

/** The states of a service as bands over time. */
export function StateLane({
  name = "States over time",
  height = usualHeight,
  bands,
  describedBy,
  onOpen,
}: StateLaneProps) {
  const frame = useTimeFrame();
  return (
    <Lane
      name={name}
      items={bands}
      height={height}
      say={sayBand}
      none="Nothing was observed in this span"
      tip={(band) => <BandTip band={band} />}
      onOpen={onOpen}
    >
      <BandDrawing name={name} height={height} bands={bands} frame={frame} describedBy={describedBy} />
    </Lane>
  );
}

interface BandDrawingProps {
  readonly name: string;
  readonly height: number;
  readonly bands: readonly StateBand[];
  readonly frame: TimeFrame;
  readonly describedBy: string;
}

const BandDrawing = memo(function BandDrawing({ name, height, bands, frame, describedBy }: BandDrawingProps) {
  const hatch = useId();
  const shown = useMemo(() => withLastState(clipped(bands, frame)), [bands, frame]);
  const slugs = [...new Set(shown.filter(({ band }) => band.state === null).map(({ slug }) => slug))];
  // What is short lies over what is long, and Error over all.
  const drawn = shown.toSorted((left, right) => rankOf(left.band) - rankOf(right.band));
  return (
    <svg width={frame.width} height={height} role="img" aria-label={name} aria-describedby={describedBy}>
      <defs>
        {slugs.map((slug) => (
          <pattern
            key={slug}
            id={`${hatch}${slug}`}
            data-lamp={slug}
            width="7"
            height="7"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M0 0v7" className="band-hatch" />
          </pattern>
        ))}
      </defs>
      {drawn.map(({ band, slug }) => (
        <Band
          key={`${band.from} ${band.state}`}
          height={height}
          band={band}
          slug={slug}
          frame={frame}
          hatch={`url(#${hatch}${slug})`}
        />
      ))}
    </svg>
  );
});

interface BandProps {
  readonly height: number;
  readonly band: StateBand;
  readonly slug: string;
  readonly frame: TimeFrame;
  readonly hatch: string;
}

function Band({ height, band, slug, frame, hatch }: BandProps): ReactNode {
  const { state } = band;
  const { x, width } = boxOf(frame, band, state === "Error" ? errorPx : 1);
  if (state === null) {
    return (
      <g data-lamp={slug}>
        <rect x={x} width={width} y={1} height={height - 2} fill={hatch} className="band-unseen" />
        {width > wordPx * 1.6 && (
          <Word x={x} width={width} word={bandWord(band)} indent={8} y={middleOf(height) + 4} />
        )}
      </g>
    );
  }
  return (
    <g data-lamp={slug} data-wide={width >= groundPx || undefined}>
      <rect x={x} width={width} y={1} height={height - 2} className="band" />
      {height >= footFromPx && <rect x={x} width={width} y={height - 6} height={5} className="band-foot" />}
      {width >= shapePx && (
        <g transform={`translate(${x + 5} ${middleOf(height) - 6.5}) scale(0.8125)`} className="band-shape">
          <LampDrawing shape={lampOf(state).shape} filled={0.6} />
        </g>
      )}
      {width > wordPx && <Word x={x} width={width} word={state} indent={23} y={middleOf(height) + 4} />}
    </g>
  );
}

/** Of what is above the foot. */
function middleOf(height: number): number {
  return height >= footFromPx ? height / 2 - 2.5 : height / 2;
}

/** About as wide as a letter of the band's words. */
const letterPx = 6.6;

function Word({
  x,
  y,
  width,
  word,
  indent,
}: {
  x: number;
  y: number;
  width: number;
  word: string;
  indent: number;
}) {
  if (word.length * letterPx + indent > width) return null;
  return (
    <text x={x + indent} y={y} className="band-word">
      {word}
    </text>
  );
}

function rankOf({ state, from, to }: StateBand): number {
  return state === "Error" ? 0 : from - to;
}

/** What was not observed is hatched in the colour of what stood there last. */
function withLastState(bands: readonly StateBand[]): readonly { band: StateBand; slug: string }[] {
  let last: string | null = null;
  return bands.map((band) => {
    last = band.state ?? last;
    return { band, slug: lampOf(last).slug };
  });
}

function BandTip({ band }: { band: StateBand }) {
  const [from, to] = sayBoth(band);
  return (
    <>
      <p className="flex items-center gap-1.5 font-medium text-ink" data-lamp={lampOf(band.state).slug}>
        {band.state !== null && <Lamp state={band.state} size={13} />}
        {bandWord(band)}
        <span className="font-normal text-ink-2">{formatExactSpan(band.to - band.from)}</span>
      </p>
      <p>from {from}</p>
      <p>to {to}</p>
      {band.moves > 1 && <p>{sayCount(band.moves, "move")}, mostly in this state</p>}
    </>
  );
}
