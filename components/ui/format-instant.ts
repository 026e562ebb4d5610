/** How an instant is written; without `zone` the browser's own is taken. */
export interface InstantText {
  /** "08:17:03.123" */
  readonly time: string;
  /** "23 Nov 2026" */
  readonly day: string;
  /** Everything: local with its zone, and UTC to the microsecond. */
  readonly exact: string;
}

/** The instant (RFC 3339 in UTC, microseconds) in words. */
export function formatInstant(instant: string, zone?: string): InstantText {
  const local = formatOf(zone).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => local.find((each) => each.type === type)?.value ?? "";
  const time = `${part("hour")}:${part("minute")}:${part("second")}.${part("fractionalSecond")}`;
  const day = `${part("day")} ${part("month")} ${part("year")}`;
  const utc = instant.replace("T", " ").replace("Z", " UTC");
  return { time, day, exact: `${day} ${time} ${part("timeZoneName")}\n${utc}` };
}

/** Making one takes far longer than using it, and a page of history uses hundreds. */
const formats = new Map<string | undefined, Intl.DateTimeFormat>();

function formatOf(zone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
    timeZoneName: "short",
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  formats.set(zone, made);
  return made;
}
