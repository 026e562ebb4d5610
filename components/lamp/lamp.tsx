import { LampDrawing } from "./lamp-drawing";
import { lampOf } from "./state-lamps";
import "./lamp.css";

interface LampProps {
  readonly state: string | null;
  /** False while the host is out of contact: the last colour, hatched. */
  readonly observed?: boolean;
  /** How far a synchronisation has come, 0 to 1; null: nobody knows. Left out: the state as such. */
  readonly filled?: number | null | undefined;
  /** Edge length in pixels. */
  readonly size?: number;
  readonly className?: string;
}

/**
 * A state as colour and shape. The word always stands beside it, so the drawing itself is hidden
 * from assistive technology.
 */
export function Lamp({ state, observed = true, filled, size = 16, className = "" }: LampProps) {
  const { slug, shape } = lampOf(state);
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      data-lamp={slug}
      data-observed={observed}
      className={`lamp shrink-0 text-state ${className}`}
      aria-hidden="true"
    >
      <LampDrawing shape={shape} filled={filled === undefined ? 0.6 : filled} />
    </svg>
  );
}
