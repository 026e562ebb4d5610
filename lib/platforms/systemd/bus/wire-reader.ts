import { alignmentOf, parseSingleType, type WireType } from "./signature";
import { WireError } from "./wire-error";

/**
 * A value as it came: texts, numbers (64 bits too: microseconds fit a double, and "no limit" stays
 * larger than everything), dictionaries as maps, a variant as what it holds.
 */
export type BusValue =
  | string
  | number
  | boolean
  | Uint8Array
  | readonly BusValue[]
  | ReadonlyMap<BusValue, BusValue>;

type Container = Extract<WireType, { tag: "variant" | "array" | "dict" | "struct" }>;

/** Longer is no text of systemd's: a line of a unit file has at most 1 MiB (LONG_LINE_MAX). */
const longestTextBytes = 1_048_576;
const longestArrayBytes = 67_108_864;
/** Arrays, structs and variants within each other, all together (D-Bus specification). */
const deepest = 64;

/** Reads values off one message. Every step outside the message, or the rules, is a WireError. */
export class WireReader {
  #at: number;
  #end: number;
  #depth = 0;
  readonly #bytes: Buffer;
  readonly #little: boolean;

  constructor(bytes: Buffer, little: boolean, from: number, end = bytes.length) {
    this.#bytes = bytes;
    this.#little = little;
    this.#at = from;
    this.#end = end;
  }

  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  read(type: WireType): BusValue {
    switch (type.tag) {
      case "byte":
        return this.#bytes.readUInt8(this.#take(1, 1));
      case "boolean":
        return this.#boolean();
      case "int16":
        return this.#little
          ? this.#bytes.readInt16LE(this.#take(2, 2))
          : this.#bytes.readInt16BE(this.#take(2, 2));
      case "uint16":
        return this.#little
          ? this.#bytes.readUInt16LE(this.#take(2, 2))
          : this.#bytes.readUInt16BE(this.#take(2, 2));
      case "int32":
        return this.#little
          ? this.#bytes.readInt32LE(this.#take(4, 4))
          : this.#bytes.readInt32BE(this.#take(4, 4));
      case "uint32":
        return this.#uint32();
      case "int64":
        return this.#wide(true);
      case "uint64":
        return this.#wide(false);
      case "double":
        return this.#little
          ? this.#bytes.readDoubleLE(this.#take(8, 8))
          : this.#bytes.readDoubleBE(this.#take(8, 8));
      case "text":
        return this.#text(this.#uint32());
      case "signature":
        return this.#text(this.#bytes.readUInt8(this.#take(1, 1)));
      case "variant":
      case "array":
      case "dict":
      case "struct":
        return this.#container(type);
    }
  }

  #container(type: Container): BusValue {
    if (++this.#depth > deepest) throw new WireError("values that are nested too deep");
    const value = this.#held(type);
    this.#depth--;
    return value;
  }

  #held(type: Container): BusValue {
    switch (type.tag) {
      case "variant":
        return this.read(parseSingleType(this.#text(this.#bytes.readUInt8(this.#take(1, 1)))));
      case "array":
        return this.#array(type.item);
      case "dict":
        return this.#dict(type.key, type.value);
      case "struct":
        this.align(8);
        return type.members.map((member) => this.read(member));
    }
  }

  align(to: number): void {
    const rest = this.#at % to;
    if (rest !== 0) this.#skip(to - rest);
  }

  #uint32(): number {
    const at = this.#take(4, 4);
    return this.#little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  #boolean(): boolean {
    const value = this.#uint32();
    if (value > 1) throw new WireError("a truth value that is neither 0 nor 1");
    return value === 1;
  }

  #wide(signed: boolean): number {
    const at = this.#take(8, 8);
    const [high, low] = this.#little ? [at + 4, at] : [at, at + 4];
    const upper = signed ? this.#half(high) | 0 : this.#half(high);
    return upper * 4_294_967_296 + this.#half(low);
  }

  #half(at: number): number {
    return this.#little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  #text(length: number): string {
    if (length > longestTextBytes) throw new WireError(`a text of ${length} bytes, where 1 MiB is the limit`);
    const start = this.#take(1, length + 1);
    if (this.#bytes[start + length] !== 0) throw new WireError("a text that does not end where it says");
    return this.#bytes.toString("utf8", start, start + length);
  }

  #array(item: WireType): BusValue {
    if (item.tag === "byte") {
      const length = this.#uint32();
      const start = this.#take(1, length);
      // A copy: what is kept of a message must not keep all of it.
      return Uint8Array.from(this.#bytes.subarray(start, start + length));
    }
    const items: BusValue[] = [];
    this.#each(alignmentOf(item), () => items.push(this.read(item)));
    return items;
  }

  #dict(key: WireType, value: WireType): BusValue {
    const entries = new Map<BusValue, BusValue>();
    this.#each(8, () => {
      this.align(8);
      const name = this.read(key);
      entries.set(name, this.read(value));
    });
    return entries;
  }

  /** Reads as often as fits into the length that an array begins with; nothing may reach beyond it. */
  #each(alignment: number, readOne: () => void): void {
    const length = this.#uint32();
    if (length > longestArrayBytes) throw new WireError(`an array of ${length} bytes`);
    this.align(alignment);
    const end = this.#at + length;
    if (end > this.#end) throw new WireError("an array that is longer than its message");
    const outer = this.#end;
    this.#end = end;
    while (this.#at < end) readOne();
    this.#end = outer;
  }

  #take(alignment: number, length: number): number {
    this.align(alignment);
    const at = this.#at;
    this.#skip(length);
    return at;
  }

  #skip(length: number): void {
    if (this.#at + length > this.#end) throw new WireError("a value that is longer than its message");
    this.#at += length;
  }
}
