"use client";

import { BrokenPage } from "@/components/shell/broken-page";

export default function Broken({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return <BrokenPage digest={error.digest} onRetry={retry} />;
}
