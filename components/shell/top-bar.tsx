"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "../ui/cx";
import { BrandMark } from "./brand-mark";
import { ConnectionMark } from "./connection-mark";
import { ThemeMenu } from "./theme-menu";

const places = [{ href: "/", word: "Fleet" }];

export function TopBar() {
  const path = usePathname();
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex h-12 max-w-[100rem] items-center gap-4 px-3 sm:px-6">
        <Link href="/" className="flex items-center gap-2 font-semibold tracking-tight">
          <BrandMark />
          Signalbox
        </Link>
        <nav aria-label="Main" className="flex h-full items-center gap-1">
          {places.map(({ href, word }) => (
            <Link
              key={href}
              href={href}
              aria-current={path === href ? "page" : undefined}
              className={cx(
                "flex h-full items-center border-b-2 px-2 text-sm",
                path === href ? "border-ink text-ink" : "border-transparent text-ink-2 hover:text-ink",
              )}
            >
              {word}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-3">
          <ConnectionMark />
          <ThemeMenu />
        </div>
      </div>
    </header>
  );
}
