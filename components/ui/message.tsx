import type { ReactNode } from "react";

/** An empty, broken or waiting place: what it is, and what to do next. */
export function Message({
  title,
  children,
  icon,
}: {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      {icon}
      <p className="text-base font-medium text-ink">{title}</p>
      {children !== undefined && <div className="max-w-prose text-sm text-ink-2">{children}</div>}
    </div>
  );
}
