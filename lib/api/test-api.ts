import { GET as catchAll, POST as catchAllPost } from "@/app/api/[[...rest]]/route";
import * as alertRules from "@/app/api/v1/alert-rules/route";
import * as acknowledge from "@/app/api/v1/alerts/[id]/acknowledge/route";
import * as oneAlert from "@/app/api/v1/alerts/[id]/route";
import * as unacknowledge from "@/app/api/v1/alerts/[id]/unacknowledge/route";
import * as alerts from "@/app/api/v1/alerts/route";
import * as channelTest from "@/app/api/v1/channels/[name]/test/route";
import * as channels from "@/app/api/v1/channels/route";
import * as oneCommand from "@/app/api/v1/commands/[id]/route";
import * as fleetGaps from "@/app/api/v1/gaps/route";
import * as oneGroup from "@/app/api/v1/groups/[name]/route";
import * as groups from "@/app/api/v1/groups/route";
import * as health from "@/app/api/v1/health/route";
import * as hosts from "@/app/api/v1/hosts/route";
import * as live from "@/app/api/v1/live/route";
import * as openApi from "@/app/api/v1/openapi.json/route";
import * as pendingAlerts from "@/app/api/v1/pending-alerts/route";
import * as commands from "@/app/api/v1/services/[host]/[name]/commands/route";
import * as gaps from "@/app/api/v1/services/[host]/[name]/gaps/route";
import * as logs from "@/app/api/v1/services/[host]/[name]/logs/route";
import * as machine from "@/app/api/v1/services/[host]/[name]/machine/route";
import * as normal from "@/app/api/v1/services/[host]/[name]/normal/route";
import * as oneService from "@/app/api/v1/services/[host]/[name]/route";
import * as thrash from "@/app/api/v1/services/[host]/[name]/thrash/route";
import * as timeInState from "@/app/api/v1/services/[host]/[name]/time-in-state/route";
import * as timeline from "@/app/api/v1/services/[host]/[name]/timeline/route";
import * as history from "@/app/api/v1/services/[host]/[name]/transitions/route";
import * as usage from "@/app/api/v1/services/[host]/[name]/usage/route";
import * as services from "@/app/api/v1/services/route";
import * as endSilence from "@/app/api/v1/silences/[id]/end/route";
import * as silences from "@/app/api/v1/silences/route";
import * as fleetTimeInState from "@/app/api/v1/time-in-state/route";
import * as timelines from "@/app/api/v1/timelines/route";
import * as transitions from "@/app/api/v1/transitions/route";
import * as metrics from "@/app/metrics/route";
import { formatTarget, targetVariable } from "@/db/open";
import { host } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { addHost, addMove, addService } from "@/db/test-fleet";
import { createStartKey } from "@/db/write/create-start-key";
import { sessionCookieName } from "../auth/session-cookie";
import { signIn } from "../auth/sign-in";
import { tokenCommand } from "../auth/token-command";
import { now } from "../clock";
import { closeAll } from "../feed/web-hub";

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;
type Handlers = Readonly<Record<string, Handler>>;

const below: Readonly<Record<string, Handlers>> = {
  commands,
  gaps,
  logs,
  machine,
  normal,
  "time-in-state": timeInState,
  timeline,
  thrash,
  transitions: history,
  usage,
};
const lists: Readonly<Record<string, Handlers>> = {
  services,
  channels,
  hosts,
  transitions,
  live,
  gaps: fleetGaps,
  groups,
  health,
  "time-in-state": fleetTimeInState,
  timelines,
  alerts,
  "alert-rules": alertRules,
  "pending-alerts": pendingAlerts,
  silences,
  "openapi.json": openApi,
};
const unknown: Handlers = { GET: catchAll, POST: catchAllPost };

/** What Next's router does with an address: the route it belongs to and the decoded parameters. */
function find(path: string): { handlers: Handlers; params: unknown } {
  if (path === "/metrics") return { handlers: metrics, params: {} };
  const [, , , list = "", a, b, c] = path.split("/").map(decodeURIComponent);
  const ofService = c === undefined ? oneService : below[c];
  if (list === "services" && b !== undefined && ofService)
    return { handlers: ofService, params: { host: a, name: b } };
  const ofAlert = b === undefined ? oneAlert : { acknowledge, unacknowledge }[b];
  if (list === "alerts" && a !== undefined && ofAlert) return { handlers: ofAlert, params: { id: a } };
  if (list === "silences" && b === "end") return { handlers: endSilence, params: { id: a } };
  if (list === "commands" && a !== undefined) return { handlers: oneCommand, params: { id: a } };
  if (list === "groups" && a !== undefined && b === undefined)
    return { handlers: oneGroup, params: { name: a } };
  if (list === "channels" && b === "test") return { handlers: channelTest, params: { name: a } };
  return { handlers: (a === undefined && lists[list]) || unknown, params: {} };
}

/** The API's routes on a real database with a small fleet, called without a server around them. */
export class TestApi {
  readonly store: TestDatabase;
  readonly token: string;
  readonly cookie: string;

  private constructor(store: TestDatabase, token: string, cookie: string) {
    this.store = store;
    this.token = token;
    this.cookie = cookie;
  }

  /** Two hosts, one of them lost; `toys/echo` is Running after three moves, `toys/idle` is Stopped. */
  static async open(): Promise<TestApi> {
    const store = await openTestDatabase();
    const { database, target } = store;
    process.env[targetVariable] = formatTarget(target);
    const printed: string[] = [];
    const stdout = { write: (text: string) => printed.push(text) };
    const argv = ["create", "--name", "tester", "--role", "operator"];
    await tokenCommand(argv, { stdout, stderr: process.stderr, database });
    const secret = await signIn(database, await createStartKey(target));
    await addHost(database, "toys");
    await addHost(database, "far", { contact: "lost", contactReason: "ssh ended", contactSince: now().at });
    const serviceId = await addService(database, "toys", "echo", {
      tags: ["web"],
      groupName: "edge",
      seq: 3,
    });
    for (let seq = 1; seq <= 3; seq++) {
      const from = seq > 1 ? "Stopped" : null;
      await addMove(database, { serviceId, seq, from, to: "Running", at: seq * 1_000_000_000 });
    }
    await addService(database, "toys", "idle", { state: "Stopped" });
    await addService(database, "far", "away", { tags: ["web", "slow"] });
    return new TestApi(store, printed.join("").trim(), `${sessionCookieName()}=${secret}`);
  }

  async close(): Promise<void> {
    await closeAll();
    await this.store.close();
  }

  /** The engine's word that it sees its hosts. */
  async observe(): Promise<void> {
    await this.store.database.db.update(host).set({ observedUntil: now().at });
  }

  async call(method: string, address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(`http://127.0.0.1:4600${address}`);
    const { handlers, params } = find(url.pathname);
    const handler = handlers[method];
    if (!handler) throw new Error(`no handler for ${method}`);
    const headers = { authorization: `Bearer ${this.token}`, ...init.headers };
    return handler(new Request(url, { ...init, method, headers }), { params: Promise.resolve(params) });
  }

  get(address: string, init?: RequestInit): Promise<Response> {
    return this.call("GET", address, init);
  }

  /** @param body what is sent as JSON, or a text that is sent as it is. */
  post(address: string, body: unknown, init: RequestInit = {}): Promise<Response> {
    const headers = { "content-type": "application/json", ...init.headers };
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return this.call("POST", address, { body: text, ...init, headers });
  }
}
