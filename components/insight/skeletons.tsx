import { Skeleton } from "../ui/skeleton";

/** Holds the place of a lane. @param height in pixels. */
export function ChartSkeleton({ height }: { height: number }) {
  return (
    <div style={{ height }}>
      <Skeleton className="h-full" />
    </div>
  );
}

/** Holds the place of a table of shares, row for row. */
export function SharesSkeleton({ rows }: { rows: number }) {
  return (
    <div aria-hidden="true" className="shares-waiting">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center">
          <Skeleton className="h-3 w-full" />
        </div>
      ))}
    </div>
  );
}
