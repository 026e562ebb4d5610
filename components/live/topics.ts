/** What a view can wait for; a service's id follows the colon. */
export type Topic =
  | "shape"
  | "states"
  | "hosts"
  | "alerts"
  | "link"
  | "notices"
  /** Transitions of any service. */
  | "told"
  | `service:${string}`
  | `transitions:${string}`;

export interface Topics {
  subscribe(topic: Topic, listener: () => void): () => void;
  /** Marks topics as changed; their listeners are woken together, once per turn. */
  touch(...topics: readonly Topic[]): void;
}

/** Runs `work` in a turn of its own, soon: after the messages that wait already, before a timer would. */
type Schedule = (work: () => void) => void;

/** Listeners by topic, woken in one go however many messages came in together. */
export function createTopics(schedule: Schedule = nextTurn()): Topics {
  const listeners = new Map<Topic, Set<() => void>>();
  const changed = new Set<Topic>();

  function wake(): void {
    const woken = new Set<() => void>();
    for (const topic of changed) {
      for (const listener of listeners.get(topic) ?? []) woken.add(listener);
    }
    changed.clear();
    for (const listener of woken) listener();
  }

  return {
    subscribe(topic, listener) {
      const known = listeners.get(topic) ?? new Set();
      listeners.set(topic, known);
      known.add(listener);
      return () => {
        known.delete(listener);
        if (known.size === 0 && listeners.get(topic) === known) listeners.delete(topic);
      };
    },
    touch(...topics) {
      if (changed.size === 0 && topics.length > 0) schedule(wake);
      for (const topic of topics) changed.add(topic);
    },
  };
}

/** A message to ourselves: `setTimeout` waits 4 ms when nested, and a second in a hidden tab. */
function nextTurn(): Schedule {
  if (typeof window === "undefined") return queueMicrotask;
  const { port1, port2 } = new MessageChannel();
  let waiting: (() => void)[] = [];
  port1.onmessage = () => {
    const work = waiting;
    waiting = [];
    for (const each of work) each();
  };
  return (work) => {
    waiting.push(work);
    port2.postMessage(null);
  };
}
