/** Why a connection to an HTTP server came to nothing, in words. */
export function connectionWords(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ECONNREFUSED":
      return "connection refused";
    case "ECONNRESET":
    case "EPIPE":
      return "connection closed without an answer";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "host name not found";
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return "host not reachable";
    case "ETIMEDOUT":
      return "connection timed out";
    case "HPE_HEADER_OVERFLOW":
      return "the answer's headers are too long";
    case undefined:
      return message;
  }
  if (code.startsWith("HPE_")) return "the answer is not HTTP";
  if (isCertificateCode(code)) return `certificate not accepted: ${message}`;
  if (isNoTls(error)) return "the answer is not TLS: https is asked, and something else answers";
  if (code.startsWith("ERR_SSL_")) return `TLS failed: ${(error as { reason?: string }).reason ?? code}`;
  return `${message || code}`;
}

/** Whether it is the certificate that was not accepted (the codes of Node's tls and of OpenSSL's verify). */
export function isCertificateCode(code: string): boolean {
  return /CERT|SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(code) && !code.startsWith("ERR_SSL_");
}

/** OpenSSL's words for bytes that are no TLS record, whichever code the version of Node gives them. */
export function isNoTls(error: unknown): boolean {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code) || /wrong version number/.test(message);
}
