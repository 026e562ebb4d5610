import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { largestFileBytes, tooLarge } from "./parse";

/** A file's text, or in words why it cannot be had. */
export type ConfigText =
  | { readonly tag: "text"; readonly text: string }
  | { readonly tag: "unreadable"; readonly message: string };

/** Reads a configuration file, never more of it than is allowed. Never throws. */
export function readConfigText(path: string): ConfigText {
  try {
    // Opened without waiting: a pipe that nobody writes to would hold it for ever.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(file);
      if (stat.isDirectory()) return unreadable("this is a folder; a file is needed");
      if (!stat.isFile()) return unreadable("this is no regular file");
      if (stat.size > largestFileBytes) return unreadable(tooLarge);
      return decoded(readFileSync(file));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return unreadable(inWords(error));
  }
}

/** Whether two readings gave the same: the same text, or the same reason for none. */
export function sameReading(one: ConfigText, other: ConfigText): boolean {
  switch (one.tag) {
    case "text":
      return other.tag === "text" && one.text === other.text;
    case "unreadable":
      return other.tag === "unreadable" && one.message === other.message;
  }
}

function decoded(bytes: Uint8Array): ConfigText {
  try {
    return { tag: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return unreadable("the file is not UTF-8 text");
  }
}

function unreadable(message: string): ConfigText {
  return { tag: "unreadable", message };
}

function inWords(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
      return "the file does not exist";
    case "ENOTDIR":
      return "the file does not exist: a part of its path is no folder";
    case "EACCES":
    case "EPERM":
      return "the file may not be read: permission denied";
    case "ELOOP":
      return "the file cannot be read: its links lead in a circle";
    default:
      return `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
