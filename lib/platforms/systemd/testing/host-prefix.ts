import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./hostile-bus";

/** A prefix that runs commands as if on a host: this script, with the command as its arguments. */
export function hostPrefix(script: string): { via: string[] } {
  const path = join(makeFolder(), "host");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { via: [path] };
}
