import { Composer, type Document, LineCounter, Parser, type YAMLError } from "yaml";
import type { Problem } from "./issue";
import { locate } from "./locate";
import type { Located } from "./located";
import { offsetTooDeep } from "./nesting";

export type YamlResult = { readonly lines: LineCounter } & (
  | { readonly tag: "tree"; readonly root: Located }
  | { readonly tag: "empty" }
  | { readonly tag: "broken"; readonly problems: readonly Problem[] }
);

const deepest = 32;

/** Reads YAML 1.2 with merge keys. What cannot be read is told as problems; it never throws. */
export function readYaml(text: string): YamlResult {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const tooDeep = offsetTooDeep(tokens, deepest);
  if (tooDeep !== null) {
    return broken(lines, [{ at: tooDeep, message: `nested more than ${deepest} levels deep` }]);
  }
  const composer = new Composer({
    prettyErrors: false,
    stringKeys: true,
    // Looked at in `locate`, which names both lines and does not compare every key with every other.
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: "error",
  });
  const documents: Document.Parsed[] = [...composer.compose(tokens, true, text.length)];
  const [document, second] = documents;
  if (document === undefined) return { tag: "empty", lines };

  const errors = [...document.errors, ...document.warnings].map((error) => ({
    at: error.pos[0],
    message: `not valid YAML: ${inWords(error)}`,
  }));
  if (second !== undefined && document.errors.length === 0) {
    errors.push({ at: second.range[0], message: "a second YAML document begins here; the file holds one" });
  }
  if (errors.length > 0) return broken(lines, onePerLine(errors, lines));
  if (document.contents === null) return { tag: "empty", lines };

  const { root, problems } = locate(document.contents, (offset) => lines.linePos(offset).line);
  if (problems.length > 0) return broken(lines, problems);
  return root.tag === "scalar" && root.value === null
    ? { tag: "empty", lines }
    : { tag: "tree", lines, root };
}

interface Finding {
  readonly at: number;
  readonly message: string;
}

function broken(lines: LineCounter, findings: readonly Finding[]): YamlResult {
  return { tag: "broken", lines, problems: findings.map((finding) => ({ ...finding, path: [] })) };
}

/** One slip makes the reader stumble several times: the first on a line says enough. */
function onePerLine(findings: readonly Finding[], lines: LineCounter): Finding[] {
  const seen = new Set<number>();
  return findings.filter(({ at }) => {
    const { line } = lines.linePos(at);
    return !seen.has(line) && seen.add(line);
  });
}

function inWords(error: YAMLError): string {
  switch (error.code) {
    case "BLOCK_AS_IMPLICIT_KEY":
      return "a second `: ` in one line; a text with a colon and a space goes in quotes";
    case "NON_STRING_KEY":
      return "a key must be a plain text";
    case "TAG_RESOLVE_FAILED":
      return `${error.message}; tags (words that begin with \`!\`) are not used here`;
    default:
      return error.message;
  }
}
