import { ProblemError } from "./problem";

const largestBytes = 16 * 1024;

/**
 * A request's JSON.
 * @throws ProblemError `unsupported-media-type`, `too-large` (more than 16 kB) or `malformed`.
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new ProblemError("unsupported-media-type", "The body must be application/json.");
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProblemError("malformed", "The body is not JSON.", { cause });
  }
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > largestBytes)
      throw new ProblemError("too-large", `The body is larger than ${largestBytes} bytes.`);
  }
  return Buffer.concat(chunks).toString("utf8");
}
