import type { Endpoint } from "../route";
import type { AnswerName, BodyName } from "./components";

/** One form in which an endpoint answers. */
interface Answer {
  readonly type: string;
  /** Absent for what is no JSON document. */
  readonly schema?: AnswerName;
  readonly what: string;
}

/** One method of one address, and what it takes and answers. What it refuses is always a Problem. */
export interface Operation {
  readonly path: string;
  readonly method: "get" | "post";
  readonly endpoint: Endpoint;
  /** One sentence. */
  readonly what: string;
  readonly body?: BodyName;
  readonly status: 200 | 201 | 202;
  readonly answers: readonly Answer[];
}

export function getting(
  path: string,
  endpoint: Endpoint,
  what: string,
  ...answers: readonly (AnswerName | Answer)[]
): Operation {
  return { path, method: "get", endpoint, what, status: 200, answers: answers.map(asAnswer) };
}

export function posting(
  path: string,
  endpoint: Endpoint,
  what: string,
  told: { readonly body?: BodyName; readonly status: 200 | 201 | 202; readonly answer: AnswerName },
): Operation {
  const { body, status, answer } = told;
  return { path, method: "post", endpoint, what, ...(body && { body }), status, answers: [asAnswer(answer)] };
}

export function eventStream(what: string): Answer {
  return { type: "text/event-stream", what };
}

function asAnswer(answer: AnswerName | Answer): Answer {
  return typeof answer === "string" ? { type: "application/json", schema: answer, what: answer } : answer;
}
