import { parseSignature, type WireType } from "./signature";
import { WireError } from "./wire-error";
import { type BusValue, WireReader } from "./wire-reader";
import { type BusArgument, type Variant, WireWriter } from "./wire-writer";

/** D-Bus specification, "Message Types". */
export const messageTypes = { call: 1, reply: 2, error: 3, signal: 4 } as const;

/** A message's header; `body` is read only when it is asked for, and may then throw a WireError. */
export interface Message {
  /** One of `messageTypes`; others are to be ignored. */
  readonly type: number;
  readonly serial: number;
  readonly replySerial: number | null;
  readonly path: string | null;
  readonly interface: string | null;
  readonly member: string | null;
  readonly errorName: string | null;
  readonly sender: string | null;
  readonly signature: string;
  body(): readonly BusValue[];
}

/** What a message that we send says. */
export interface OutgoingMessage {
  readonly type: number;
  readonly serial: number;
  readonly replySerial?: number;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly errorName?: string;
  readonly destination?: string;
  readonly sender?: string;
  readonly signature?: string;
  readonly body?: readonly BusArgument[];
}

const headerBytes = 16;
/** 8 MiB: a list of 30,000 units. D-Bus itself allows 128. */
const longestMessage = 8_388_608;

const fields: WireType = {
  tag: "array",
  item: { tag: "struct", members: [{ tag: "byte" }, { tag: "variant" }] },
};

/**
 * The length of the message that begins with these bytes; null while too few are there to tell.
 * A WireError where they are no beginning of a message.
 */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < headerBytes) return null;
  const little = isLittle(bytes);
  if (bytes[3] !== 1) throw new WireError(`version ${bytes[3]} of the protocol`);
  const body = little ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
  const header = little ? bytes.readUInt32LE(12) : bytes.readUInt32BE(12);
  const length = headerBytes + padTo8(header) + body;
  if (length > longestMessage) throw new WireError(`a message of ${length} bytes, where 8 MiB is the limit`);
  return length;
}

/** Reads one whole message. */
export function decodeMessage(bytes: Buffer): Message {
  const little = isLittle(bytes);
  const reader = new WireReader(bytes, little, 12);
  const told = new Map<BusValue, BusValue>();
  for (const field of reader.read(fields) as readonly (readonly [BusValue, BusValue])[]) {
    told.set(field[0], field[1]);
  }
  reader.align(8);
  const text = (code: number) => {
    const value = told.get(code);
    return typeof value === "string" ? value : null;
  };
  const replySerial = told.get(5);
  const signature = text(8) ?? "";
  return {
    type: bytes.readUInt8(1),
    serial: little ? bytes.readUInt32LE(8) : bytes.readUInt32BE(8),
    replySerial: typeof replySerial === "number" ? replySerial : null,
    path: text(1),
    interface: text(2),
    member: text(3),
    errorName: text(4),
    sender: text(7),
    signature,
    body: () => parseSignature(signature).map((type) => reader.read(type)),
  };
}

/** The bytes of a message. */
export function encodeMessage(message: OutgoingMessage): Buffer {
  const body = new WireWriter().writeAll(message.signature ?? "", message.body ?? []).bytes;
  const header = new WireWriter();
  header.writeAll("yyyyuu", ["l".charCodeAt(0), message.type, 0, 1, body.length, message.serial]);
  const told: [number, Variant][] = [];
  const tell = (code: number, signature: string, value: string | number | undefined) => {
    if (value !== undefined && value !== "") told.push([code, { signature, value }]);
  };
  tell(1, "o", message.path);
  tell(2, "s", message.interface);
  tell(3, "s", message.member);
  tell(4, "s", message.errorName);
  tell(5, "u", message.replySerial);
  tell(6, "s", message.destination);
  tell(7, "s", message.sender);
  tell(8, "g", message.signature);
  header.write(fields, told);
  header.align(8);
  return Buffer.concat([header.bytes, body]);
}

function isLittle(bytes: Buffer): boolean {
  const order = bytes.toString("latin1", 0, 1);
  if (order !== "l" && order !== "B") throw new WireError("bytes that are no message");
  return order === "l";
}

function padTo8(length: number): number {
  return Math.ceil(length / 8) * 8;
}
