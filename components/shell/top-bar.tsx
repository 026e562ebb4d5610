"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { FiringCount } from "../alerts/firing-count";
import { cx } from "../ui/cx";
import { BrandMark } from "./brand-mark";
import { ConnectionMark } from "./connection-mark";
import { isWithin, places } from "./places";
import { ThemeChoice } from "./theme-choice";

/** One line; on a phone the places have a line of their own. */
export function TopBar() {
  const path = usePathname();
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-[100rem] flex-wrap items-center gap-x-4 px-3 sm:px-6">
        <Link href="/" className="flex h-12 items-center gap-2 font-semibold tracking-tight">
          <BrandMark />
          Signalbox
        </Link>
        <nav
          aria-label="Main"
          className="flex items-center gap-1 max-sm:order-1 max-sm:-mx-2 max-sm:basis-full max-sm:overflow-x-auto"
        >
          {places.map(({ href, word }) => (
            <Link
              key={href}
              href={href}
              prefetch={false}
              aria-current={isWithin(path, href) ? "page" : undefined}
              className={cx(
                "flex h-10 items-center border-b-2 px-2 text-sm whitespace-nowrap sm:h-12",
                isWithin(path, href) ? "border-ink text-ink" : "border-transparent text-ink-2 hover:text-ink",
              )}
            >
              {word}
              {href === "/alerts" && <FiringCount />}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-3">
          <ConnectionMark />
          <ThemeChoice />
        </div>
      </div>
    </header>
  );
}
