import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { giveUp, root } from "./root.mjs";

/**
 * postgres.js 3.4.9 writes to a connection that is gone: a transaction that is cut sends its
 * `rollback` to a socket that is null, from a timer, where nobody can catch it, and the process
 * ends; or the bytes that were held back stay, and the connection never sends anything again
 * (porsager/postgres issues 1066, 1154, 1208). For the engine that means the end of every child.
 * Until a release mends it, these lines are changed where the packages are installed.
 */
const mends = [
  {
    what: "a query for a connection without a socket is refused, not written",
    from: "if (q.cancelled)\n      return\n\n    try {\n      q.state = backend",
    to: "if (q.cancelled)\n      return\n\n    if (socket === null)\n      return (queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true) // mended\n\n    try {\n      q.state = backend",
  },
  {
    what: "nothing is written where there is no socket",
    from: "function nextWrite(fn) {\n    const x = socket.write(chunk, fn)",
    to: "function nextWrite(fn) {\n    const x = socket === null ? true : socket.write(chunk, fn)",
  },
  {
    what: "with a connection all end that waited for it, and nothing of them is left for the next one",
    from: "    if (initial)\n      return reconnect()\n\n    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
    to: "    if (initial)\n      return (query = errorResponse = null, reconnect())\n\n    ;(query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    query = errorResponse = null\n",
  },
  {
    what: "that a connection ends while its types are read ends no process",
    from: "      order by b.oid\n    `], [], execute)\n",
    to: "      order by b.oid\n    `], [], execute).catch(() => [])\n",
  },
  {
    what: "what was held back for an ended connection is dropped",
    from: "\n    clearImmediate(nextWriteTimer)\n",
    to: "\n    clearImmediate(nextWriteTimer), chunk = nextWriteTimer = null\n",
  },
];

/** Mends the installed driver, once; says so and ends where it is another one than is known here. */
export function mendDriver() {
  for (const kind of ["src", "cjs/src"]) {
    const file = path.join(root, "node_modules", "postgres", kind, "connection.js");
    if (!existsSync(file)) continue;
    const found = readFileSync(file, "utf8");
    if (found.includes("// mended")) continue;
    let text = found;
    for (const { what, from, to } of mends) {
      if (!text.includes(from))
        giveUp(
          `${file} is not the driver that scripts/mend-driver.mjs knows: look whether "${what}" is so there.`,
        );
      text = text.replaceAll(from, to);
    }
    // Beside it and renamed: a copy of these packages may share the file, and a start may be reading it.
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
}
