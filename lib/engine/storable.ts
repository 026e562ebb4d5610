/**
 * The same value in a form that PostgreSQL's jsonb and text take: without NUL characters and half
 * surrogates, which log lines and process titles may contain. Strings are cut at `longest` characters.
 */
export function storable<T>(value: T, longest = 20_000): T {
  if (typeof value === "string") return cleanText(value, longest) as T;
  if (Array.isArray(value)) return value.map((item) => storable(item, longest)) as T;
  if (value !== null && typeof value === "object")
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [cleanText(key, 200), storable(item, longest)]),
    ) as T;
  return value;
}

function cleanText(text: string, longest: number): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.toWellFormed().replaceAll("\u0000", "\uFFFD");
}
