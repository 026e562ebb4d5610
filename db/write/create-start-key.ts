import { createHash, randomBytes } from "node:crypto";
import { startKey } from "../access-schema";
import { type DatabaseTarget, openDatabase } from "../open";

/** Makes the key of the start link, in place of every older one. @returns it; only its hash is kept. */
export async function createStartKey(target: DatabaseTarget): Promise<string> {
  const key = randomBytes(32).toString("base64url");
  const hash = createHash("sha256").update(key).digest("hex");
  const { db, close } = openDatabase(target, { name: "start key", max: 1 });
  try {
    await db.transaction(async (tx) => {
      await tx.delete(startKey);
      await tx.insert(startKey).values({ hash, createdAt: Date.now() * 1000 });
    });
    return key;
  } finally {
    await close();
  }
}
