/** The page of a group; its name may hold anything that a label may hold. */
export function groupHref(name: string): string {
  return `/groups/${encodeURIComponent(name)}`;
}
