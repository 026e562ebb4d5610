import { dirname, resolve } from "node:path";
import { invalidFile, type ParseResult, parseFleet } from "./parse";
import { type ConfigText, readConfigText } from "./read-config";

/** What reading a file gave, and the text it was read from, for `watchFleet` to begin with. */
export type LoadResult = ParseResult & { readonly source: ConfigText };

/**
 * Reads and validates a configuration file. A file that is missing, unreadable, a folder, too
 * large or not UTF-8 is an issue in words; it never rejects. Issues name the file as `shownAs`.
 */
export async function loadFleet(path: string, shownAs = path): Promise<LoadResult> {
  return parseSource(readConfigText(path), path, shownAs);
}

/** The fleet of a text that was read from `path`. */
export function parseSource(source: ConfigText, path: string, shownAs = path): LoadResult {
  switch (source.tag) {
    case "text":
      return { ...parseFleet(source.text, { file: shownAs, baseFolder: dirname(resolve(path)) }), source };
    case "unreadable":
      return { ...invalidFile(shownAs, source.message), source };
  }
}
