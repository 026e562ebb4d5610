import { alignmentOf, parseSignature, parseSingleType, type WireType } from "./signature";

/** What is written: a variant says its own type. */
export type BusArgument = string | number | boolean | readonly BusArgument[] | Variant;

export interface Variant {
  readonly signature: string;
  readonly value: BusArgument;
}

/** Writes values in little-endian order, as D-Bus aligns them; what it is given comes from us. */
export class WireWriter {
  #bytes = Buffer.alloc(256);
  #length = 0;

  /** The bytes so far. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  writeAll(signature: string, values: readonly BusArgument[]): this {
    const types = parseSignature(signature);
    if (types.length !== values.length) throw new TypeError(`${signature} wants ${types.length} values`);
    for (const [index, type] of types.entries()) this.write(type, values[index] ?? "");
    return this;
  }

  write(type: WireType, value: BusArgument): void {
    this.align(alignmentOf(type));
    switch (type.tag) {
      case "byte":
        this.#put(1, (bytes, at) => bytes.writeUInt8(Number(value), at));
        return;
      case "boolean":
        this.#put(4, (bytes, at) => bytes.writeUInt32LE(value === true ? 1 : 0, at));
        return;
      case "int16":
        this.#put(2, (bytes, at) => bytes.writeInt16LE(Number(value), at));
        return;
      case "uint16":
        this.#put(2, (bytes, at) => bytes.writeUInt16LE(Number(value), at));
        return;
      case "int32":
        this.#put(4, (bytes, at) => bytes.writeInt32LE(Number(value), at));
        return;
      case "uint32":
        this.#put(4, (bytes, at) => bytes.writeUInt32LE(Number(value), at));
        return;
      case "int64":
        this.#put(8, (bytes, at) => bytes.writeBigInt64LE(BigInt(Number(value)), at));
        return;
      case "uint64":
        this.#put(8, (bytes, at) => bytes.writeBigUInt64LE(BigInt(Number(value)), at));
        return;
      case "double":
        this.#put(8, (bytes, at) => bytes.writeDoubleLE(Number(value), at));
        return;
      case "text":
        this.#text(String(value), 4);
        return;
      case "signature":
        this.#text(String(value), 1);
        return;
      case "variant": {
        const { signature, value: held } = value as Variant;
        this.#text(signature, 1);
        this.write(parseSingleType(signature), held);
        return;
      }
      case "array":
        this.#each(alignmentOf(type.item), value, (item) => this.write(type.item, item));
        return;
      case "dict":
        this.#each(8, value, (entry) =>
          this.write({ tag: "struct", members: [type.key, type.value] }, entry),
        );
        return;
      case "struct":
        for (const [index, member] of type.members.entries()) {
          this.write(member, (value as readonly BusArgument[])[index] ?? "");
        }
        return;
    }
  }

  align(to: number): void {
    const rest = this.#length % to;
    if (rest !== 0) this.#grow(to - rest);
  }

  #each(alignment: number, value: BusArgument, writeOne: (item: BusArgument) => void): void {
    const lengthAt = this.#grow(4);
    this.align(alignment);
    const start = this.#length;
    for (const item of value as readonly BusArgument[]) writeOne(item);
    this.#bytes.writeUInt32LE(this.#length - start, lengthAt);
  }

  #text(text: string, lengthBytes: 1 | 4): void {
    // A NUL would end the text for the other side, and what follows would be read as something else.
    if (text.includes("\0")) throw new TypeError("a text on the bus holds no NUL character");
    const bytes = Buffer.from(text, "utf8");
    this.#put(lengthBytes, (into, at) => into.writeUIntLE(bytes.length, at, lengthBytes));
    this.#put(bytes.length + 1, (into, at) => bytes.copy(into, at));
  }

  /** Room first: making it may replace the buffer. */
  #put(count: number, put: (into: Buffer, at: number) => void): void {
    const at = this.#grow(count);
    put(this.#bytes, at);
  }

  /** Makes room for so many zero bytes, and returns where they begin. */
  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(Math.max(this.#bytes.length, count))]);
    }
    return at;
  }
}
