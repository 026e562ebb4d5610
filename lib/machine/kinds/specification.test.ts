import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagramLines, extensionOf, stateProse, transitionProse } from "../fixtures/parse-specification";
import { mermaidText } from "../mermaid";
import type { Machine, StateDefinition, TransitionDefinition } from "../types";
import { besu } from "./besu";
import { cloudflared } from "./cloudflared";
import { service } from "./service";

const text = readFileSync(new URL("../fixtures/service-state-machine.txt", import.meta.url), "utf8");

const specified = (machine: Machine): Machine => ({
  ...machine,
  transitions: machine.transitions.filter((edge) => edge.origin === "specified"),
});

/** A state's prose in the shape of the specification: headings it does not have are left out. */
function proseOf(state: StateDefinition) {
  const lists = {
    Characteristics: state.characteristics,
    "Entry Conditions": state.entry,
    "Exit Conditions": state.exit,
    "Typical Duration": state.typicalDuration ? [state.typicalDuration.text] : [],
    Verification: state.verification,
    "Recovery Actions": state.recovery,
  };
  return {
    name: state.name,
    description: state.description,
    lists: Object.fromEntries(Object.entries(lists).filter(([, items]) => items.length > 0)),
  };
}

function labelsOf(edge: TransitionDefinition): Record<string, string> {
  const { from, to, condition, action, verification, recovery } = edge;
  const labels = {
    From: from,
    To: to,
    Condition: condition,
    Action: action,
    Verification: verification,
    Recovery: recovery,
  };
  return Object.fromEntries(Object.entries(labels).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}

type Section = ReturnType<typeof transitionProse>[number];
const place = ({ title, labels }: Section) => `${labels.From} ${labels.To} ${title}`;
const byPlace = (a: Section, b: Section) => place(a).localeCompare(place(b));

const hasProse = (edge: TransitionDefinition) => Object.keys(labelsOf(edge)).length > 2;

describe("the service machine and the specification's text", () => {
  it("has exactly the diagram's edges as specified ones, in its order and wording", () => {
    expect(diagramLines(text)).toHaveLength(12);
    expect(mermaidText(specified(service)).split("\n").slice(1)).toEqual(diagramLines(text));
  });

  it("says of every state all that the specification says, verbatim, and nothing else", () => {
    expect(stateProse(text)).toHaveLength(6);
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    expect(service.states.map(proseOf).sort(byName)).toEqual(stateProse(text).sort(byName));
  });

  it("says of every transition all that the specification says, verbatim, and nothing else", () => {
    const sections = transitionProse(text);
    expect(sections).toHaveLength(9);
    const told = service.transitions.filter(hasProse).map((edge) => ({
      title: edge.by === "operator" ? `${edge.event}()` : edge.event,
      labels: labelsOf(edge),
    }));
    expect(told.sort(byPlace)).toEqual(sections.sort(byPlace));
  });

  it("has no prose for the two edges that stand in the diagram only", () => {
    const bare = specified(service).transitions.filter((edge) => !hasProse(edge));
    expect(bare.map((edge) => `${edge.from} ${edge.to}`)).toEqual([
      "Running Restarting",
      "Restarting Starting",
    ]);
  });

  it("words the typical durations in milliseconds too", () => {
    const durations = service.states.flatMap(({ name, typicalDuration: duration }) =>
      duration ? [[name, duration.minMs / 1000, duration.maxMs / 1000]] : [],
    );
    expect(durations).toEqual([
      ["Starting", 10, 60],
      ["Stopping", 5, 30],
    ]);
    for (const { typicalDuration } of service.states) {
      if (typicalDuration === undefined) continue;
      const { minMs, maxMs } = typicalDuration;
      expect(typicalDuration.text.startsWith(`${minMs / 1000}-${maxMs / 1000} seconds`)).toBe(true);
    }
  });
});

describe.each([
  { machine: besu, heading: "Besu Node States" },
  { machine: cloudflared, heading: "Cloudflare Tunnel States" },
])("the $machine.kind machine and the specification's text", ({ machine, heading }) => {
  const extension = extensionOf(text, heading);

  it("adds exactly the additional states, in the specification's words", () => {
    const base = new Set(service.states.map((state) => state.name));
    const added = machine.states.filter((state) => !base.has(state.name)).map(proseOf);
    expect(extension.states).toHaveLength(3);
    expect(added).toEqual(extension.states.map((state) => ({ ...state, lists: {} })));
  });

  it("keeps the whole service machine", () => {
    expect(machine.states).toEqual(expect.arrayContaining([...service.states]));
    expect(machine.transitions.slice(0, service.transitions.length)).toEqual(service.transitions);
  });

  it("adds exactly the arrows of the state flow as specified edges", () => {
    const added = specified(machine).transitions.slice(specified(service).transitions.length);
    expect(extension.arrows.length).toBeGreaterThan(2);
    expect(added.map((edge) => `${edge.from} --> ${edge.to}`)).toEqual(extension.arrows);
  });
});
