import { Message } from "../ui/message";
import { Skeleton } from "../ui/skeleton";
import type { Log } from "./service-stream";

interface NoLinesProps {
  readonly status: Log["status"];
  readonly failure: string | null;
  readonly filtered: boolean;
}

/** Why there is no line to be seen. */
export function NoLines({ status, failure, filtered }: NoLinesProps) {
  if (status === "loading" || status === "waiting") {
    return ["w-1/2", "w-2/3", "w-2/5"].map((width) => (
      <Skeleton key={width} className={`mx-4 my-2 h-3 ${width}`} />
    ));
  }
  if (status === "broken") return <Message title="The log cannot be read now">{failure}</Message>;
  if (filtered) return <Message title="No such line" />;
  return <Message title="Nothing written yet" />;
}
