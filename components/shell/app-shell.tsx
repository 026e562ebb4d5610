"use client";

import type { ReactNode } from "react";
import { AlertKeeper } from "../alerts/alert-keeper";
import { TipLayer } from "../ui/tip";
import { Notices } from "./notices";
import { Shortcuts } from "./shortcuts";
import { TopBar } from "./top-bar";

interface AppShellProps {
  /** When the server made the page. */
  readonly at: string;
  readonly children: ReactNode;
}

/** What stands around every page of somebody who is signed in. Must be inside a FleetProvider. */
export function AppShell({ at, children }: AppShellProps) {
  return (
    <>
      <div className="root flex min-h-dvh flex-col">
        <a
          href="#main"
          className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-primary px-3 py-2 text-sm text-on-primary focus:translate-y-0"
        >
          Skip to content
        </a>
        <div ref={tellHeight} className="sticky top-0 z-30">
          <TopBar />
          <Notices at={at} />
        </div>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-[100rem] grow px-3 py-5 outline-none sm:px-6"
        >
          {children}
        </main>
      </div>
      <AlertKeeper />
      <Shortcuts />
      <TipLayer />
    </>
  );
}

/** Keeps `--shell-height` at the height of what stays at the top: what sticks below it must know. */
function tellHeight(bar: HTMLDivElement | null): (() => void) | undefined {
  if (bar === null) return undefined;
  const watch = new ResizeObserver(() => {
    document.documentElement.style.setProperty("--shell-height", `${bar.offsetHeight}px`);
  });
  watch.observe(bar);
  return () => watch.disconnect();
}
