import { z } from "zod";
import type { Asked } from "../contract";
import type { HttpAnswer } from "../exchange";
import type { TunnelAnswer } from "./answer";

export type Ready = Omit<TunnelAnswer, "details">;

const readySchema = z.object({
  status: z.number().optional(),
  readyConnections: z.number().int().min(0).max(10_000),
  connectorId: z.string().min(1).max(100).nullish(),
});

const notItsMetrics =
  "cloudflared.metrics has to be the address that cloudflared's --metrics says, such as http://127.0.0.1:20241.";

/**
 * What an answer to `GET /ready` means. 503 with cloudflared's own body is an answer, and a true one;
 * everything that cloudflared would not say (readiness.go: 200 if and only if a connection is
 * registered) is nonsense, and said in words.
 */
export function readReady({ status, headers, body }: HttpAnswer): Asked<Ready> {
  if (status === 401 || status === 403)
    return {
      tag: "failed",
      failure: "denied",
      why: `/ready answers HTTP ${status}: it is not for us`,
      mend: `Something stands before it that asks who we are; ${notItsMetrics}`,
    };
  if (status >= 300 && status < 400) {
    const to = headers.location === undefined ? "" : ", a redirect, which is not followed";
    return nonsense(`/ready answers HTTP ${status}${to}`);
  }
  if (status === 404)
    return nonsense("there is no /ready (HTTP 404): that is not cloudflared's metrics server");
  if (status !== 200 && status !== 503) return nonsense(`/ready answers HTTP ${status}, neither 200 nor 503`);
  const said = parseJson(body);
  if (said === undefined) return nonsense(`/ready answers HTTP ${status} with a text that is not JSON`);
  const read = readySchema.safeParse(said);
  if (!read.success)
    return nonsense(
      `/ready answers HTTP ${status} with JSON that is not cloudflared's: ${firstIssue(read.error)}`,
    );
  const { status: inside, readyConnections: ready, connectorId = null } = read.data;
  if (inside !== undefined && inside !== status)
    return nonsense(`/ready answers HTTP ${status} and says ${inside} inside`);
  if ((status === 200) !== ready >= 1)
    return nonsense(`/ready answers HTTP ${status} with ${ready} connections, which does not go together`);
  return { tag: "answered", answer: { status, ready, connectorId } };
}

function nonsense(why: string): Asked<never> {
  return { tag: "failed", failure: "nonsense", why, mend: notItsMetrics };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says it in words.
    return undefined;
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.join(".") ?? "";
  return path === "" ? "it is no object" : `${path} is missing or wrong`;
}
