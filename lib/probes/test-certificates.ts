import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Why no certificates can be made here; null when they can. */
export function whyNoCertificates(): string | null {
  return spawnSync("openssl", ["version"]).status === 0 ? null : "openssl is not installed";
}

/** A certificate of its own making, for `name`, that holds for `days` (below zero: it has ended). */
export function makeCertificate(name: string, days: number): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-certificate-"));
  const openssl = (...words: string[]) => execFileSync("openssl", words, { cwd: folder, stdio: "pipe" });
  try {
    const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
    openssl("req", "-newkey", "ed25519", "-nodes", "-keyout", "key", "-out", "request", ...subject);
    const sign = ["x509", "-req", "-in", "request", "-signkey", "key", "-copy_extensions", "copy"];
    openssl(...sign, "-days", String(days), "-out", "cert");
    const read = (file: string) => readFileSync(join(folder, file), "utf8");
    return { key: read("key"), cert: read("cert") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
