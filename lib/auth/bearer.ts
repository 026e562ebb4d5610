/** The credentials of `Authorization: Bearer …`; null where the header is missing or of another scheme. */
export function readBearer(header: string | null): string | null {
  const found = /^bearer(?: +(.*))?$/i.exec(header ?? "");
  return found === null ? null : (found[1] ?? "");
}
