import { sessionCookieName } from "../../auth/session-cookie";
import { answerSchemas, bodySchemas } from "./components";
import { componentsOf, parametersOf } from "./json-schemas";
import type { Operation } from "./operation";

const described =
  "Every instant is RFC 3339 in UTC with microseconds, every span whole milliseconds (`…Ms`).";

/**
 * The API as OpenAPI 3.1, made of the schemas by which endpoints read what they are sent and which
 * their answers have.
 */
export function openApiDocument(operations: readonly Operation[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const methods = paths[operation.path] ?? {};
    methods[operation.method] = describe(operation);
    paths[operation.path] = methods;
  }
  return {
    openapi: "3.1.0",
    info: { title: "Signalbox", version: "1", description: described },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "`npm run token -- create`" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: sessionCookieName(),
          description: "Of a browser that opened the start link.",
        },
      },
      schemas: { ...componentsOf(answerSchemas, "output"), ...componentsOf(bodySchemas, "input") },
    },
  };
}

function describe(operation: Operation): Record<string, unknown> {
  const { endpoint, what, body, status, answers } = operation;
  const parameters = [...parametersOf(endpoint.params, "path"), ...parametersOf(endpoint.query, "query")];
  return {
    summary: what,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: refTo(body) } } },
    }),
    responses: {
      [status]: {
        description: answers.map((each) => each.what).join("; "),
        content: Object.fromEntries(
          answers.map(({ type, schema }) => [type, { schema: schema ? refTo(schema) : { type: "string" } }]),
        ),
      },
      default: {
        description: "It was refused, or failed: `code` says why for programs, `detail` for people.",
        content: { "application/problem+json": { schema: refTo("Problem") } },
      },
    },
  };
}

function refTo(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}
