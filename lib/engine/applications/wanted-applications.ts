import type { AskingConfig, BesuConfig, Fleet, ServiceConfig } from "../../config/fleet";
import { readSecret } from "../../config/read-secret";
import type { Platform } from "../../platforms/contract";
import { createBesu } from "../../probes/besu/create-besu";
import { createCloudflared } from "../../probes/cloudflared/create-cloudflared";
import type { ApplicationRules, Probe } from "../../probes/contract";
import { createExchange, type Exchange } from "../../probes/exchange";
import { createHttpHealth } from "../../probes/http-health";
import { type ApplicationListener, ApplicationWatch } from "./application-watch";
import { followLogOf } from "./follow-log";
import type { WantedApplication } from "./host-applications";

/** Where applications are asked from. */
export interface ApplicationParts {
  readonly fleet: Fleet;
  /** Null: this engine does not watch the host. */
  readonly platformOf: (host: string) => Platform | null;
}

interface Speaker<Memory, Answer> {
  readonly probe: Probe<Answer>;
  readonly rules: ApplicationRules<Memory, Answer>;
  readonly readsLog: boolean;
}

interface Observer {
  readonly service: ServiceConfig;
  readonly config: BesuConfig;
}

/** The applications of a host's services that somebody can speak for, by the service's name. */
export function wantedApplications(host: string, parts: ApplicationParts): Map<string, WantedApplication> {
  const wanted = new Map<string, WantedApplication>();
  for (const service of parts.fleet.services) {
    if (service.host !== host) continue;
    const application = wantedApplication(service, parts);
    if (application) wanted.set(service.name, application);
  }
  return wanted;
}

function wantedApplication(service: ServiceConfig, parts: ApplicationParts): WantedApplication | null {
  const { besu, cloudflared, health, platform } = service;
  if (besu) {
    const observers = observersOf(besu, parts.fleet);
    return watched(service, besu, parts, [besu, observers.map(({ config }) => config)], (exchanges) =>
      createBesu(besu, {
        exchange: exchanges.at(service.host, besu),
        observers: observers.map(({ service: { id, host }, config }) => ({
          id,
          config,
          exchange: exchanges.at(host, config),
        })),
        secret: async (secret) => readSecret(secret, process.env),
      }),
    );
  }
  if (cloudflared)
    return watched(service, cloudflared, parts, cloudflared, (exchanges) =>
      createCloudflared(cloudflared, { exchange: exchanges.at(service.host, cloudflared) }),
    );
  // Where the platform itself starts the process, the check is a part of the start, and told by it.
  if (health && platform === "systemd")
    return watched(service, health, parts, health, (exchanges) => ({
      ...createHttpHealth(health, exchanges.at(service.host, health)),
      readsLog: false,
    }));
  return null;
}

function watched<Memory, Answer>(
  service: ServiceConfig,
  asking: AskingConfig,
  parts: ApplicationParts,
  from: unknown,
  speaker: (exchanges: Exchanges) => Speaker<Memory, Answer>,
): WantedApplication {
  const key = JSON.stringify([service.kind, from]);
  return {
    key,
    watch: (listener: ApplicationListener) => {
      const exchanges = new Exchanges(parts.platformOf);
      const { probe, rules, readsLog } = speaker(exchanges);
      const platform = parts.platformOf(service.host);
      return new ApplicationWatch(
        {
          key,
          probe,
          rules,
          asking,
          speaks: service.kind !== "service",
          followLog: readsLog && platform ? followLogOf(platform, service.name) : null,
          close: () => {
            probe.close();
            exchanges.close();
          },
        },
        listener,
      );
    },
  };
}

function observersOf({ observers }: BesuConfig, { services }: Fleet): Observer[] {
  return observers.flatMap((id) => {
    const service = services.find((candidate) => candidate.id === id);
    return service?.besu?.rpc ? [{ service, config: service.besu }] : [];
  });
}

/** The ways to ask, one for each place that is asked from. */
class Exchanges {
  readonly #platformOf: ApplicationParts["platformOf"];
  readonly #open: Exchange[] = [];

  constructor(platformOf: ApplicationParts["platformOf"]) {
    this.#platformOf = platformOf;
  }

  at(host: string, { from }: AskingConfig): Exchange {
    const exchange = from === "here" ? createExchange({}) : createExchange({ dial: this.#dialOf(host) });
    this.#open.push(exchange);
    return exchange;
  }

  close(): void {
    for (const exchange of this.#open) exchange.close();
  }

  /** The host's platform is looked for when it is needed: it may be another one by then. */
  #dialOf(host: string) {
    return async (address: { readonly host: string; readonly port: number }, signal: AbortSignal) => {
      const dial = this.#platformOf(host)?.dial;
      if (!dial) throw new Error(`there is no way to ask from the host ${host}`);
      return dial(address, signal);
    };
  }
}
