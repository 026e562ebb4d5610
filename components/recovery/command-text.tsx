"use client";

import { useState } from "react";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";

/** A command to be run on the host, ready to be copied. */
export function CommandText({ says, command }: { says: string; command: string }) {
  const [copied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(command);
      setCopied(true);
    } catch {
      // Without a secure context there is no clipboard: the text stands there to be marked.
      setCopied(false);
    }
  }

  return (
    <div>
      <p className="mb-1 text-xs text-ink-3">{says}</p>
      <div className="flex items-start gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-2.5">
        <code className="min-w-0 grow py-1 font-mono text-xs whitespace-pre-wrap text-ink">{command}</code>
        <Button
          look="quiet"
          size="square"
          onClick={() => void copy()}
          aria-label={copied ? "Copied" : `Copy: ${says}`}
        >
          <Icon name={copied ? "tick" : "copy"} size={12} />
        </Button>
      </div>
    </div>
  );
}
