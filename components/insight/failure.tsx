import { Button } from "../ui/button";
import { Icon } from "../ui/icons";

interface FailureProps {
  /** What went wrong, in the server's words. */
  readonly failure: string;
  /** Whether something is still shown, which is then from before. */
  readonly isOld: boolean;
  readonly onRetry: () => void;
}

/** A chart that could not be loaded, or not anew: what failed, and the way to try again. */
export function Failure({ failure, isOld, onRetry }: FailureProps) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm text-ink-2">
      <Icon name="alert" size={13} className="text-warning" />
      <span>
        {isOld
          ? "This could not be loaded anew; what stands here is from before."
          : "This could not be loaded."}{" "}
        {failure}
      </span>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
