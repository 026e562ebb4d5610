"use client";

import Link from "next/link";
import { useNotices } from "../live/use-fleet";
import { Kbd } from "../ui/kbd";
import { Panel } from "../ui/panel";

/** Where what is shown here comes from, and where the rest is chosen. */
export function ConfigurationPanel() {
  const { configErrors } = useNotices();
  return (
    <Panel name="Configuration">
      <div className="flex flex-col gap-2 px-4 py-3 text-sm text-ink-2">
        <p>
          Hosts, services, limits and channels stand in{" "}
          <code className="font-mono text-ink">signalbox.yaml</code>. It is read again when it changes.
        </p>
        {configErrors.length === 0 ? (
          <p>It is in force as it is.</p>
        ) : (
          <p className="text-warning">
            It has {configErrors.length === 1 ? "an error" : `${configErrors.length} errors`}; the last good
            one is in force.{" "}
            <Link href="/health" className="underline underline-offset-3">
              What is wrong with it
            </Link>
          </p>
        )}
        <p>
          The theme is chosen at the top right. <Kbd>?</Kbd> shows what the keyboard can do.
        </p>
      </div>
    </Panel>
  );
}
