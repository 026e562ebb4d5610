/** Why a connection to an HTTP server came to nothing, in words. */
export function connectionWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ECONNREFUSED":
      return "connection refused";
    case "ECONNRESET":
      return "connection closed without an answer";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "host name not found";
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return "host not reachable";
    case "ETIMEDOUT":
      return "connection timed out";
    case undefined:
      return message;
  }
  if (code.startsWith("HPE_")) return "the answer is not HTTP";
  if (/CERT|SIGNED|ALTNAME/.test(code)) return `certificate not accepted: ${message}`;
  return `${message || code}`;
}
