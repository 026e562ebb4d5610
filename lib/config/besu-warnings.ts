import { idsIn } from "./check-hosts";
import type { BesuConfig, Fleet } from "./fleet";
import { type Problem, quote } from "./issue";
import { nodeAt } from "./located";
import type { ServiceDraft } from "./read-services";

/** Observers that cannot be asked, and validators of which nobody can say whether they take part. */
export function besuWarnings({ services }: Fleet, drafts: readonly ServiceDraft[]): Problem[] {
  const nodes = new Map(services.map(({ id, besu }) => [id, besu]));
  return drafts.flatMap((draft) => {
    const besu = draft.config?.besu;
    if (besu == null) return [];
    return [...uselessObservers(draft, nodes), ...nobodyToAsk(draft, besu)];
  });
}

function uselessObservers(draft: ServiceDraft, nodes: ReadonlyMap<string, BesuConfig | null>): Problem[] {
  return idsIn(draft, "besu", "observers").flatMap(({ id, node, path }) => {
    const observer = nodes.get(id);
    // One that is no service of the file is told of elsewhere.
    if (observer === undefined || (observer !== null && observer.rpc !== null && id !== draft.id)) return [];
    const message =
      id === draft.id
        ? `${quote(id)} is the service itself; others are needed to say whether it takes part`
        : `${quote(id)} has no besu.rpc, so it cannot be asked`;
    return [{ at: node.at, path, message }];
  });
}

function nobodyToAsk(draft: ServiceDraft, { validator, rpc, observers }: BesuConfig): Problem[] {
  if (!validator || rpc !== null || observers.length > 0) return [];
  const path = [...draft.path, "besu"];
  const at = nodeAt(draft.part, ["besu"])?.at ?? draft.at;
  const message =
    "a validator with neither rpc nor observers: nobody can be asked whether it takes part, and only its log speaks";
  return [{ at, path, message }];
}
