import { now, spanInWords } from "../clock";
import type { HealthConfig } from "../config/fleet";
import type { Micros } from "../machine/types";
import type { Asked } from "./contract";
import type { Exchange, HttpAnswer } from "./exchange";
import { ExchangeError } from "./exchange-error";
import { judgeBody } from "./judge-body";

/** What a health check is told of; the rest of its configuration says how often it is asked. */
export type HttpQuestion = Pick<HealthConfig, "http" | "timeoutMs" | "text" | "json" | "tlsWarnMs">;

/** What an answer means. */
export interface HttpFinding {
  readonly isGood: boolean;
  /** "HTTP 200, status is UP"; never the answer's own text beyond one short value. */
  readonly says: string;
  /** What is not wrong yet; null: nothing. */
  readonly warning: string | null;
}

/**
 * Asks once whether all is well: a status from 200 to 299 and, where they are configured, a text in the
 * first 64 kB of the body or a field of its JSON. Redirects are not followed. Never rejects, but for the
 * reason of an aborted `signal`.
 */
export async function askHttp(
  question: HttpQuestion,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<Asked<HttpFinding>> {
  try {
    const { http: url, timeoutMs, json } = question;
    const answer = await exchange.ask({ url, timeoutMs, cutsBody: json === null, signal });
    return judge(answer, question);
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const { failure, message: why, mend } = error;
    return { tag: "failed", failure, why, ...(mend === undefined ? {} : { mend }) };
  }
}

function judge(answer: HttpAnswer, question: HttpQuestion): Asked<HttpFinding> {
  const { status, certificateEnds } = answer;
  const warning = certificateEnds === null ? null : certificateWarning(certificateEnds, question.tlsWarnMs);
  const found = (isGood: boolean, says: string): Asked<HttpFinding> => ({
    tag: "answered",
    answer: { isGood, says, warning },
  });
  if (status < 200 || status > 299) {
    const isRedirect = status >= 300 && status < 400 && answer.headers.location !== undefined;
    return found(false, `HTTP ${status}${isRedirect ? ", a redirect, which is not followed" : ""}`);
  }
  const body = judgeBody(answer, question);
  switch (body.tag) {
    case "nonsense":
      return { tag: "failed", failure: "nonsense", why: `HTTP ${status}, ${body.why}` };
    case "judged":
      return found(body.isGood, [`HTTP ${status}`, ...body.says].join(", "));
  }
}

/** Null while there is time. */
function certificateWarning(ends: Micros, warnMs: number): string | null {
  const leftMs = Math.floor((ends - now().at) / 1000);
  if (leftMs >= warnMs) return null;
  return leftMs <= 0 ? "its certificate has ended" : `its certificate ends in ${spanInWords(leftMs)}`;
}
