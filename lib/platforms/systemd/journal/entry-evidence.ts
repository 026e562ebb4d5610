import type { Evidence } from "../../../machine/observation";
import type { JournalEntry } from "../unit-facts";
import type { FoundClue } from "./journal-causes";

/** Fields of systemd.journal-fields(7) and of job and service entries that say what happened. */
const shown = {
  job: "JOB_ID",
  jobType: "JOB_TYPE",
  jobResult: "JOB_RESULT",
  result: "UNIT_RESULT",
  restarts: "N_RESTARTS",
} as const;

/** What a move was read from: the entry that shows it, where it lies, and the lines that led to it. */
export function evidenceOf(entry: JournalEntry, found: readonly FoundClue[] = []): Evidence {
  const fields = Object.entries(shown).flatMap(([name, field]) => {
    const value = entry.fields[field];
    return value === undefined ? [] : [[name, value] as const];
  });
  const led = found.map((each) => each.entry.message);
  return {
    ...Object.fromEntries(fields),
    ...(entry.invocation === "" ? {} : { invocation: entry.invocation }),
    ...exitOf(found),
    journal: [...led, entry.message],
    cursor: entry.cursor,
  };
}

function exitOf(found: readonly FoundClue[]): Evidence {
  const exit = found.findLast(({ clue }) => clue === "process-exit")?.entry.fields;
  if (exit === undefined) return {};
  return { ended: exit.EXIT_CODE, exitStatus: exit.EXIT_STATUS, command: exit.COMMAND };
}
