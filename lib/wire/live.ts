import type { Alert } from "./alert";
import type { HostFactsView } from "./host";
import type { Command, Service, Transition } from "./service";

/**
 * Events of `GET /api/v1/live`. Each carries an SSE `id`, ascending, which is the feed's position
 * after it. `service` tells the newest state (superseded ones may be left out after a reconnect);
 * every committed `transition` and `command` comes exactly once per connection history.
 */
export interface HostContact {
  readonly id: string;
  readonly contact: Service["contact"];
  readonly facts: HostFactsView | null;
}

export type LiveEvent =
  | {
      readonly type: "hello";
      /** `upMs` is the server's monotonic clock; pings carry it too, and tell by it how late they came. */
      readonly data: { build: string; time: string; position: string; resumed: boolean; upMs: number };
    }
  | { readonly type: "fleet"; readonly data: { services: Service[]; hosts: HostContact[] } }
  | { readonly type: "service"; readonly data: Service }
  | { readonly type: "service-removed"; readonly data: { id: string } }
  | { readonly type: "transition"; readonly data: Transition }
  | { readonly type: "command"; readonly data: Command }
  /** Whenever something became of an alert: as it is then. */
  | { readonly type: "alert"; readonly data: Alert }
  | { readonly type: "host"; readonly data: HostContact }
  | { readonly type: "host-removed"; readonly data: { id: string } }
  /** The configuration was reread: `errors` is empty when it is in force. */
  | { readonly type: "config"; readonly data: { errors: string[] } }
  /** The web process lost the database (`since`) or has it again (`null`). */
  | { readonly type: "database"; readonly data: { lostSince: string | null } };

export const liveEventTypes = [
  "hello",
  "fleet",
  "service",
  "service-removed",
  "transition",
  "command",
  "alert",
  "host",
  "host-removed",
  "config",
  "database",
] as const satisfies readonly LiveEvent["type"][];
