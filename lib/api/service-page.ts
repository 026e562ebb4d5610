import type { Handle } from "@/db/open";
import { readService } from "@/db/read/services";
import { now } from "../clock";
import { isHostName, isServiceName } from "../config/names";
import { machineOfKind } from "../machine/kinds/machine-of-kind";
import type { Machine } from "../machine/types";
import type { Gap, Service, Transition } from "../wire/service";
import { gapPage, transitionPage } from "./history-pages";
import type { Page } from "./json";
import { serviceView } from "./service-view";
import { askDatabase } from "./web-database";

const answerWithinMs = 10_000;
/** As many as the page itself asks for at a time. */
const moves = 50;
const gaps = 200;

export interface ServicePageContent {
  readonly machine: Machine;
  readonly service: Service;
  readonly transitions: Page<Transition>;
  readonly gaps: readonly Gap[];
  readonly runsOn: { readonly tag: "systemd"; readonly unit: string } | { readonly tag: "process" };
}

/**
 * All that a service's page begins with; null where no service ever had this name. What was recorded
 * of one that left the configuration is still shown.
 * @throws when the database is out of reach.
 */
export async function readServicePage(host: string, name: string): Promise<ServicePageContent | null> {
  if (!isHostName(host) || !isServiceName(name)) return null;
  return askDatabase(answerWithinMs, ({ db }) => read(db, host, name));
}

async function read(db: Handle, hostId: string, name: string): Promise<ServicePageContent | null> {
  const record = await readService(db, hostId, name);
  const machine = record && machineOfKind(record.service.kind);
  if (!record || !machine) return null;
  const { service, host } = record;
  return {
    machine,
    service: serviceView(record, now().at),
    transitions: await transitionPage(db, record, { limit: moves }),
    gaps: (await gapPage(db, record, { limit: gaps })).items,
    runsOn:
      host.platform === "systemd" ? { tag: "systemd", unit: service.settings.runs } : { tag: "process" },
  };
}
