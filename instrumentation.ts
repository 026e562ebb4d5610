/** Next calls this once, before the first request, and not while building. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startWeb } = await import("./lib/api/start-web");
  startWeb();
}
