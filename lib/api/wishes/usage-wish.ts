import type { Database } from "@/db/open";
import { readUsage, wantUsage } from "@/db/write/usage-watch";
import type { Usage } from "../../wire/service";
import type { Wish, WishEvent } from "./wish";

/** A page that went away wants nothing any more after this long. */
const lifeUs = 5_000_000;
const renewEveryMs = 2_000;

/** A wish for what a service uses, shared by all who have it. It ends by itself when none renews it. */
export class UsageWish implements Wish {
  readonly #database: Database;
  readonly #serviceId: number;
  #renewAt = 0;
  #toldAt: string | null = null;

  constructor(database: Database, serviceId: number) {
    this.#database = database;
    this.#serviceId = serviceId;
  }

  async open(): Promise<void> {
    this.#renewAt = performance.now() + renewEveryMs;
    await wantUsage(this.#database.db, this.#serviceId, lifeUs);
  }

  /** The newest reading, unless it was taken before. */
  async take(): Promise<Usage[]> {
    if (performance.now() > this.#renewAt) await this.open();
    const reading = await readUsage(this.#database.db, this.#serviceId);
    if (reading === null || reading.at === this.#toldAt) return [];
    this.#toldAt = reading.at;
    return [reading];
  }

  async events(): Promise<WishEvent[]> {
    return (await this.take()).map((data) => ({ event: "usage", data }));
  }

  async close(): Promise<void> {}
}
