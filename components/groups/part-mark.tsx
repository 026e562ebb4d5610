import { cx } from "../ui/cx";
import { Icon, type IconName } from "../ui/icons";
import type { Part } from "./members";

interface Look {
  readonly icon: IconName;
  readonly word: string;
  readonly ink: string;
}

export const partLooks: Readonly<Record<Exclude<Part, null>, Look>> = {
  yes: { icon: "tick", word: "takes part", ink: "text-good" },
  no: { icon: "cross", word: "does not", ink: "text-error" },
  unknown: { icon: "question", word: "not known", ink: "text-ink-2" },
};

interface PartMarkProps {
  readonly part: Part;
  /** The chain itself says that it is no validator. */
  readonly isRuledOut: boolean;
  /** What was seen of it. */
  readonly tip: string | undefined;
}

/** Whether a member takes part in consensus, as a shape and a word. */
export function PartMark({ part, isRuledOut, tip }: PartMarkProps) {
  if (part === null) {
    return (
      <span data-tip={tip} className="text-ink-3">
        {isRuledOut ? "no validator" : "–"}
      </span>
    );
  }
  const { icon, word, ink } = partLooks[part];
  return (
    <span data-tip={tip} className={cx("inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap", ink)}>
      <Icon name={icon} size={13} />
      {word}
    </span>
  );
}
