import type { Command, Gap, Service, Transition } from "../../lib/wire/service";
import { until } from "./processes";

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** The HTTP API as a script uses it, signed in by the start link's cookie. */
export class Api {
  readonly address: string;
  readonly cookie: string;

  private constructor(address: string, cookie: string) {
    this.address = address;
    this.cookie = cookie;
  }

  static async signIn(address: string, link: string): Promise<Api> {
    const answer = await fetch(link, { redirect: "manual" });
    const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
    if (!cookie) throw new Error(`the start link set no cookie: ${answer.status}`);
    return new Api(address, cookie);
  }

  async get<T = Record<string, unknown>>(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    return this.request<T>("GET", path, undefined, headers);
  }

  async post<T = Record<string, unknown>>(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    return this.request<T>("POST", path, JSON.stringify(body), {
      "content-type": "application/json",
      ...headers,
    });
  }

  async request<T>(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Answer<T>> {
    const answer = await fetch(`${this.address}/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: { cookie: this.cookie, origin: this.address, ...headers },
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : {}) as T, headers: answer.headers };
  }

  async service(id: string): Promise<Service> {
    return (await this.get<Service>(`/services/${id}`)).body;
  }

  /** Waits until the service is in `state`. */
  async reaches(id: string, state: string, withinMs = 20_000): Promise<Service> {
    await until(`${id} is ${state}`, async () => (await this.service(id)).state === state, withinMs);
    return this.service(id);
  }

  async command(id: string, event: Command["event"], extra: object = {}): Promise<Answer<Command>> {
    return this.post<Command>(`/services/${id}/commands`, { event, ...extra });
  }

  /** Waits until the command is settled. */
  async fate(command: Command, withinMs = 30_000): Promise<Command> {
    let now = command;
    await until(
      `command ${command.event} settled`,
      async () => {
        now = (await this.get<Command>(`/commands/${command.id}`)).body;
        return now.settledAt !== null;
      },
      withinMs,
    );
    return now;
  }

  /** When its host was not observed, newest first. */
  async gaps(id: string): Promise<readonly Gap[]> {
    return (await this.get<{ items: Gap[] }>(`/services/${id}/gaps`)).body.items;
  }

  /** A service's whole history, oldest first. */
  async history(id: string): Promise<Transition[]> {
    const rows: Transition[] = [];
    let cursor = "";
    do {
      const page = await this.get<{ items: Transition[]; next: string | null }>(
        `/services/${id}/transitions?limit=1000${cursor}`,
      );
      if (page.status !== 200) throw new Error(JSON.stringify(page.body));
      rows.push(...page.body.items);
      cursor = page.body.next ? `&cursor=${encodeURIComponent(page.body.next)}` : "";
      if (!page.body.next) break;
    } while (cursor);
    return rows.reverse();
  }
}

/** What is wrong with a chain of history; empty when it is whole. */
export function faultsOf(rows: readonly Transition[]): string[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    const faults = [];
    if (row.seq !== index + 1) faults.push(`row ${index} has seq ${row.seq}`);
    if (row.from !== (before?.to ?? null))
      faults.push(`seq ${row.seq}: from ${row.from} after ${before?.to}`);
    if (before && row.at < before.at) faults.push(`seq ${row.seq}: ${row.at} is before ${before.at}`);
    if (row.inFromMs !== null && row.inFromMs < 0) faults.push(`seq ${row.seq}: lasted ${row.inFromMs} ms`);
    return faults;
  });
}
