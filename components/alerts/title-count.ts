/** A page's title with the number of firing alerts in front: "(2) Signalbox"; without one where none fires. */
export function withCount(title: string, count: number): string {
  const bare = title.replace(/^\(\d+\) /, "");
  return count === 0 ? bare : `(${count}) ${bare}`;
}
