/** What came over the wire is not D-Bus. The message is a noun: "a string that does not end". */
export class WireError extends Error {
  override readonly name = "WireError";
}
