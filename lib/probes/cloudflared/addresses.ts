/** The address of one of cloudflared's endpoints, below what `metrics` names. */
export function addressOf(metrics: string, path: string): string {
  const base = new URL(metrics);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return new URL(path, base).href;
}

/** What is asked, as it may be shown: without a user and password that somebody wrote into it. */
export function readyAddress(metrics: string): string {
  const url = new URL(addressOf(metrics, "ready"));
  url.username = "";
  url.password = "";
  return url.href;
}
