import type { Alert } from "@/lib/wire/alert";
import type { FleetStore } from "../live/fleet-store";
import { alertHref } from "./alert-href";
import { severityWords } from "./alert-words";
import { claimAlerts } from "./claim-alerts";
import { isWanted } from "./notice-choice";
import { keptChoice } from "./notice-store";

/** More at once are told in one: nobody can read ten. */
const mostAtOnce = 3;

/**
 * Tells of alerts that begin to fire from now on, through the browser, if somebody asked for it. Of
 * several tabs one tells; what fired before is not told.
 * @returns how to stop.
 */
export function tellInBrowser({ alerts, subscribe }: FleetStore, goTo: (href: string) => void): () => void {
  const shown = new Map<string, Notification>();
  let known: ReadonlySet<string> | null = null;

  function show(key: string, title: string, body: string, href: string): void {
    const notice = new Notification(title, { body, tag: `signalbox ${key}` });
    shown.set(key, notice);
    notice.onclose = () => shown.delete(key);
    notice.onclick = () => {
      focus();
      notice.close();
      goTo(href);
    };
  }

  async function tell(fresh: readonly Alert[]): Promise<void> {
    const mine = await claimAlerts(fresh.map(({ id }) => id));
    const told = fresh.filter(({ id }) => mine.includes(id));
    if (told.length > mostAtOnce) {
      const words = told.slice(0, mostAtOnce).map(({ summary }) => summary);
      show("many", `${told.length} alerts fire`, `${words.join("\n")}\n…`, "/alerts");
    } else
      for (const alert of told)
        show(
          alert.id,
          `${severityWords[alert.severity]}: ${alert.summary}`,
          `${alert.service ?? alert.group ?? alert.host}\n${alert.todo}`,
          alertHref(alert),
        );
  }

  function look(): void {
    if (alerts.known().tag !== "known") return;
    const open = alerts.open();
    const before = known;
    // One that was silenced when it came is told when its silence ends.
    known = new Set(open.filter(({ status }) => status !== "silenced").map(({ id }) => id));
    // What is over, or what somebody has, need not be told any longer.
    const firing = new Set(open.filter(({ status }) => status === "firing").map(({ id }) => id));
    for (const [key, notice] of shown)
      if (key === "many" ? firing.size === 0 : !firing.has(key)) notice.close();
    const choice = keptChoice();
    if (before === null || choice === "off" || !canNotify()) return;
    const fresh = open.filter((alert) => !before.has(alert.id) && isWanted(choice, alert));
    // A browser that has no way to show them is told of on the settings page.
    if (fresh.length > 0) void tell(fresh).catch(() => undefined);
  }

  look();
  return subscribe("alerts", look);
}

function canNotify(): boolean {
  return "Notification" in window && Notification.permission === "granted";
}
