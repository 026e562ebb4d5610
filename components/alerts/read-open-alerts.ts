import type { Alert } from "@/lib/wire/alert";
import { type Page, readJson } from "../live/read-json";

const pageSize = 1_000;
/** Far more than anybody could look at: whoever has more of them has another problem. */
const most = 5_000;

/** Every alert that is not resolved; the newest 5,000 where there are more. @throws RequestProblem */
export async function readOpenAlerts(signal: AbortSignal): Promise<readonly Alert[]> {
  const open: Alert[] = [];
  let cursor: string | null = null;
  do {
    const asked = new URLSearchParams({ limit: String(pageSize) });
    for (const status of ["firing", "acknowledged", "silenced"]) asked.append("status", status);
    if (cursor !== null) asked.set("cursor", cursor);
    const page: Page<Alert> = await readJson<Page<Alert>>(`/api/v1/alerts?${asked}`, signal);
    open.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && open.length < most);
  return open;
}
