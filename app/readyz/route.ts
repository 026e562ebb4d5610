import { whyNotReady } from "@/lib/api/readiness";

/** Whether database and engine do their work; 503 with the reasons otherwise. */
export async function GET(): Promise<Response> {
  const reasons = await whyNotReady();
  const ready = reasons.length === 0;
  return Response.json(
    { status: ready ? "ready" : "not ready", reasons },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
