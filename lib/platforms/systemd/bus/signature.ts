import { WireError } from "./wire-error";

/** A type on the wire (D-Bus specification, "Type System"), and what its values become here. */
export type WireType =
  | { readonly tag: "byte" | "boolean" | "int16" | "uint16" | "int32" | "uint32" }
  | { readonly tag: "int64" | "uint64" | "double" }
  | { readonly tag: "text" }
  | { readonly tag: "signature" }
  | { readonly tag: "variant" }
  | { readonly tag: "array"; readonly item: WireType }
  | { readonly tag: "struct"; readonly members: readonly WireType[] }
  | { readonly tag: "dict"; readonly key: WireType; readonly value: WireType };

const longest = 255;
/** The specification allows 32 arrays within each other and 32 structs. */
const deepest = 64;

const basic: Readonly<Record<string, WireType>> = {
  y: { tag: "byte" },
  b: { tag: "boolean" },
  n: { tag: "int16" },
  q: { tag: "uint16" },
  i: { tag: "int32" },
  u: { tag: "uint32" },
  // A file descriptor's index; we never ask for descriptors, so it is a number like another.
  h: { tag: "uint32" },
  x: { tag: "int64" },
  t: { tag: "uint64" },
  d: { tag: "double" },
  s: { tag: "text" },
  o: { tag: "text" },
  g: { tag: "signature" },
};

const known = new Map<string, readonly WireType[]>();

/** The complete types that a signature lists. Refuses, by a WireError, what is no signature. */
export function parseSignature(signature: string): readonly WireType[] {
  const before = known.get(signature);
  if (before !== undefined) return before;
  if (signature.length > longest) throw new WireError("a signature of more than 255 characters");
  const parser = new Parser(signature);
  const types: WireType[] = [];
  while (!parser.atEnd) types.push(parser.type(0));
  // Systemd has some fifty signatures; whoever sends more gets no memory for them.
  if (known.size < 500) known.set(signature, types);
  return types;
}

/** The one complete type that the signature of a variant is. */
export function parseSingleType(signature: string): WireType {
  const [type, ...more] = parseSignature(signature);
  if (type === undefined || more.length > 0) throw new WireError("a variant that is not of one type");
  return type;
}

/** What a value of this type is aligned to, in bytes. */
export function alignmentOf(type: WireType): 1 | 2 | 4 | 8 {
  switch (type.tag) {
    case "byte":
    case "signature":
    case "variant":
      return 1;
    case "int16":
    case "uint16":
      return 2;
    case "boolean":
    case "int32":
    case "uint32":
    case "text":
    case "array":
    case "dict":
      return 4;
    case "int64":
    case "uint64":
    case "double":
    case "struct":
      return 8;
  }
}

class Parser {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  type(depth: number): WireType {
    if (depth > deepest) throw new WireError("a type that is nested too deep");
    const code = this.#text[this.#at++] ?? "";
    const simple = Object.hasOwn(basic, code) ? basic[code] : undefined;
    if (simple !== undefined) return simple;
    if (code === "v") return { tag: "variant" };
    if (code === "(") return { tag: "struct", members: this.#until(")", depth) };
    if (code !== "a") throw this.#wrong();
    if (this.#text[this.#at] !== "{") return { tag: "array", item: this.type(depth + 1) };
    this.#at++;
    const [key, value, ...more] = this.#until("}", depth);
    if (key === undefined || value === undefined || more.length > 0) throw this.#wrong();
    if (["array", "struct", "dict", "variant"].includes(key.tag)) throw this.#wrong();
    return { tag: "dict", key, value };
  }

  #until(end: string, depth: number): WireType[] {
    const members: WireType[] = [];
    while (this.#text[this.#at] !== end) members.push(this.type(depth + 1));
    this.#at++;
    // An empty struct has no bytes, and an array of nothing would never end.
    if (members.length === 0) throw this.#wrong();
    return members;
  }

  #wrong(): WireError {
    return new WireError(`a signature that is none (${JSON.stringify(this.#text)})`);
  }
}
