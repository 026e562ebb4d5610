import type { ReactNode } from "react";
import { BrandMark } from "./brand-mark";

/** A page outside the fleet: signing in, not found, broken. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="root mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-4 px-5 py-12">
      <p className="flex items-center gap-2 text-sm font-semibold tracking-tight">
        <BrandMark /> Signalbox
      </p>
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      {children}
    </main>
  );
}
