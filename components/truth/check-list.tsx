import type { Check } from "@/lib/wire/application";
import { capital } from "../ui/capital";
import { cx } from "../ui/cx";
import { Icon, type IconName } from "../ui/icons";

interface Look {
  readonly icon: IconName;
  readonly ink: string;
  readonly word: string;
}

const looks: Readonly<Record<Check["result"], Look>> = {
  yes: { icon: "tick", ink: "text-good", word: "holds" },
  no: { icon: "cross", ink: "text-error", word: "does not hold" },
  unknown: { icon: "question", ink: "text-ink-3", word: "not known" },
};

interface CheckListProps {
  readonly checks: readonly Check[];
  /** False: it is what was found when the service was seen last. */
  readonly isSeen: boolean;
}

/** Each thing that is verified, whether it holds, and what was seen of it. */
export function CheckList({ checks, isSeen }: CheckListProps) {
  if (checks.length === 0) return null;
  return (
    <ul aria-label="Verification" className="flex flex-col gap-2 border-t border-line px-4 py-3 text-sm">
      {checks.map(({ what, result, detail }) => {
        const { icon, ink, word } = looks[result];
        return (
          <li key={what} className="flex gap-2.5">
            <span className={cx("mt-0.5", isSeen ? ink : "text-ink-3")}>
              <Icon name={icon} size={14} />
              <span className="sr-only">{isSeen ? word : `${word}, when it was seen last`}: </span>
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className={cx(result === "no" ? "font-medium text-ink" : "text-ink")}>
                {capital(what)}
              </span>
              {detail !== "" && <span className="block text-ink-2">{capital(detail)}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
