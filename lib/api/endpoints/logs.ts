import { z } from "zod";
import type { Database } from "@/db/open";
import type { HostRow, ServiceRecord } from "@/db/read/services";
import { now } from "../../clock";
import { streamHeaders } from "../../feed/sse";
import { streamOf } from "../../feed/stream-of";
import { webHub } from "../../feed/web-hub";
import { contactView } from "../../wire/contact-view";
import { json } from "../json";
import { fetchLog } from "../logs/fetch-log";
import { followLog } from "../logs/follow-log";
import type { LogQuery } from "../logs/log-wish";
import { ProblemError } from "../problem";
import { plainText, wholeNumber } from "../query";
import { endpoint } from "../route";
import { requireService, serviceParams } from "../service-params";

const mostLines = 1000;
const lowestPriority = 7;

/** `GET /api/v1/services/{host}/{name}/logs` */
export const logsOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({
    lines: wholeNumber(1, mostLines).default(100),
    grep: plainText(200).optional(),
    priority: wholeNumber(0, lowestPriority).optional(),
    follow: z.enum(["true", "false"]).default("false"),
  }),
  handle: async ({ params, query, request, database }) => {
    const record = await requireService(database.db, params);
    requireContact(record.host);
    const wanted = {
      serviceId: record.service.id,
      lines: query.lines,
      grep: query.grep || null,
      priority: query.priority ?? null,
    };
    if (query.follow === "true") return follow(database, record, wanted, request.signal);
    return json({ items: await fetchLog(database, webHub(), wanted, request.signal), next: null });
  },
});

function requireContact(host: HostRow): void {
  const contact = contactView(host, now().at);
  if (contact.status === "live") return;
  throw new ProblemError(
    "no-contact",
    `No contact with ${host.id}: ${contact.reason ?? "it was not reached yet."}`,
  );
}

function follow(
  database: Database,
  record: ServiceRecord,
  wanted: Omit<LogQuery, "follow">,
  signal: AbortSignal,
): Response {
  const hub = webHub();
  const ended = new AbortController();
  const lines = followLog(database, hub, record, wanted, ended.signal);
  const { readable } = streamOf(lines, { signals: [signal, hub.closing], onEnd: () => ended.abort() });
  return new Response(readable, { headers: streamHeaders });
}
