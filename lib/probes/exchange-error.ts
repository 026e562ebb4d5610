import { connectionWords, isCertificateCode, isNoTls } from "../connection-words";
import type { Failure } from "./contract";

/** Why no whole answer came, in words without anything secret. */
export class ExchangeError extends Error {
  override readonly name = "ExchangeError";
  readonly failure: Failure;
  /** The option that mends it, in one sentence, where one does. */
  readonly mend: string | undefined;

  constructor(
    failure: Failure,
    message: string,
    options: { mend?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.failure = failure;
    this.mend = options.mend;
  }
}

/** What Node says of a connection or an answer, as a failure of a probe. */
export function exchangeErrorOf(error: unknown): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const { code = "", mend } = error as NodeJS.ErrnoException & { mend?: string };
  const words = connectionWords(error);
  return new ExchangeError(failureOf(error, code), words, { mend: mend ?? mendOf(code), cause: error });
}

/** Whether the other side closed the connection, as Node says it. */
export function isClosed(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ECONNRESET" || code === "EPIPE";
}

function failureOf(error: unknown, code: string): Failure {
  if (code === "ECONNREFUSED") return "refused";
  if (isClosed(error)) return "silent";
  if (code.startsWith("HPE_") || isNoTls(error)) return "nonsense";
  // What a host says that lets nobody ask from there.
  if (code === "EACCES" || code === "EPERM") return "denied";
  return "unreachable";
}

function mendOf(code: string): string | undefined {
  if (!isCertificateCode(code) || !/SIGNED|VERIFY|ISSUER/.test(code)) return undefined;
  return "Start Signalbox with NODE_EXTRA_CA_CERTS=/path/to/authority.pem to accept an authority of your own.";
}
