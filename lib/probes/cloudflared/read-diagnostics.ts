import { z } from "zod";

/** What /diag/tunnel tells of the connections that are registered. */
export interface DiagnosticsTold {
  readonly edges: ReadonlyMap<number, string | null>;
  readonly protocol: string | null;
}

// Go leaves out what is zero (omitempty): index 0, and protocol 0, which is http2.
const tunnelSchema = z.object({
  connections: z
    .array(
      z.object({
        isConnected: z.boolean().default(false),
        protocol: z.number().int().default(0),
        edgeAddress: z.string().max(100).nullish(),
        index: z.number().int().min(0).max(255).default(0),
      }),
    )
    .max(256)
    .nullish(),
});

/** Numbers of connection/protocol.go. */
const protocols: Readonly<Record<number, string>> = { 0: "http2", 1: "quic" };

/** Reads /diag/tunnel; null for anything else. Older versions do not have it. */
export function readTunnelDiagnostics(text: string): DiagnosticsTold | null {
  const read = tunnelSchema.safeParse(parseJson(text));
  if (!read.success) return null;
  const connected = (read.data.connections ?? []).filter(({ isConnected }) => isConnected);
  const spoken = new Set(connected.map(({ protocol }) => protocols[protocol] ?? `protocol ${protocol}`));
  const [protocol = null] = spoken;
  return {
    edges: new Map(connected.map(({ index, edgeAddress }) => [index, edgeAddress || null])),
    protocol: spoken.size === 1 ? protocol : null,
  };
}

const flagsSchema = z.object({
  "ha-connections": z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .optional(),
});

/** How many connections /diag/configuration says that it was told to hold; null: it was not told. */
export function readWantedConnections(text: string): number | null {
  const read = flagsSchema.safeParse(parseJson(text));
  const said = read.success ? read.data["ha-connections"] : undefined;
  return said === undefined ? null : Number(said);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No schema accepts it.
    return undefined;
  }
}
