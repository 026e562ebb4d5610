/** Alive: it answers. Whether it can do its work is `/readyz`. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
