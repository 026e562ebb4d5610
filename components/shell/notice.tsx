import type { ReactNode } from "react";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";

const tones = { warning: "border-warning", error: "border-error", plain: "border-accent" } as const;
const inks = { warning: "text-warning", error: "text-error", plain: "text-accent" } as const;

interface NoticeProps {
  readonly tone: keyof typeof tones;
  readonly title: string;
  readonly children: ReactNode;
}

/** A line across the page, about all of it. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className={cx("border-b-2 bg-raised px-3 py-2 text-sm text-ink-2 sm:px-6", tones[tone])}>
      <div className="mx-auto flex max-w-[97rem] flex-wrap items-baseline gap-x-2 gap-y-1">
        <Icon name="alert" className={cx("translate-y-0.5", inks[tone])} />
        <strong className="font-semibold text-ink">{title}</strong>
        <div className="min-w-0">{children}</div>
      </div>
    </div>
  );
}
