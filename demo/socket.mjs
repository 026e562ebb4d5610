import os from "node:os";
import path from "node:path";

/** Where the demo's `db` listens: services of one Signalbox have one parent, and so one address. */
export const databaseSocket = path.join(os.tmpdir(), `signalbox-demo-${process.ppid}.sock`);
