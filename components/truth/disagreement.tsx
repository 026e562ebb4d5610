import type { Service } from "@/lib/wire/service";
import { capital } from "../ui/capital";
import { Icon } from "../ui/icons";
import { TickingSpan } from "../ui/ticking-span";
import { disagreementOf } from "./disagreement-of";

/** Said beside the state, whose live region it belongs to; nothing while both truths agree. */
export function DisagreementBanner({ service }: { service: Service }) {
  const disagreement = disagreementOf(service);
  if (disagreement === null) return null;
  const { what, since } = disagreement;
  return (
    <p className="flex gap-2.5 border-t border-warning bg-[color-mix(in_oklab,var(--warning)_10%,var(--surface))] px-4 py-2.5 text-sm text-ink">
      <Icon name="unequal" size={16} className="mt-0.5 text-warning" />
      <span className="min-w-0">
        <span className="sr-only">Process and application disagree: </span>
        <span className="font-medium">{capital(what)}</span>
        <span className="text-ink-2">
          {" "}
          · since <TickingSpan since={since} />
        </span>
      </span>
    </p>
  );
}

/** The same in a row of many: a shape with a tip, and the words for those who do not see it. */
export function DisagreementMark({ service }: { service: Service }) {
  const disagreement = disagreementOf(service);
  if (disagreement === null) return null;
  return (
    <span
      data-tip={`Process and application disagree: ${disagreement.what}`}
      className="inline-grid size-4.5 shrink-0 place-items-center rounded border border-current text-warning"
    >
      <Icon name="unequal" size={11} />
      <span className="sr-only">process and application disagree</span>
    </span>
  );
}
