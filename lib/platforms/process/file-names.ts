import { createHash } from "node:crypto";

const longestName = 120;

/** A file name for a service's name, one for each: no name leads out of the folder. */
export function fileNameOf(service: string): string {
  const encoded = encodeURIComponent(service.toWellFormed()).replace(/^\./, "%2E");
  if (encoded.length <= longestName && service.isWellFormed()) return encoded;
  const digest = createHash("sha256").update(service, "utf16le").digest("hex").slice(0, 16);
  return `${encoded.slice(0, longestName)}~${digest}`;
}
