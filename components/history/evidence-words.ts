/** What the keys of evidence are called on the page; one that is not here stands as it is. */
const words: Readonly<Record<string, string>> = {
  // systemd's properties and journal fields: its own names, so that they are found in its man pages
  activeState: "ActiveState",
  subState: "SubState",
  result: "Result",
  job: "Job",
  jobType: "Job type",
  jobResult: "Job result",
  execMainCode: "ExecMainCode",
  execMainStatus: "ExecMainStatus",
  invocation: "Invocation",
  nRestarts: "NRestarts",
  restarts: "Restart counter",
  ended: "Ended as",
  exitStatus: "Exit status",
  command: "Command",
  cursor: "Journal cursor",
  journal: "Journal",
  // processes of Signalbox's own
  exitCode: "Exit code",
  signal: "Signal",
  pid: "Process",
  runtimeMs: "Ran for (ms)",
};

/** In the order of the words above; what is not among them comes last. The database keeps no order. */
export function inReadingOrder<T extends { readonly key: string }>(facts: readonly T[]): T[] {
  const order = Object.keys(words);
  const placeOf = ({ key }: T) => (key in words ? order.indexOf(key) : order.length);
  return facts.toSorted((left, right) => placeOf(left) - placeOf(right));
}

/** waitid(2): CLD_EXITED, CLD_KILLED, CLD_DUMPED. */
const mainCodes: Readonly<Record<string, string>> = {
  "0": "0 (still running, or never run)",
  "1": "1 (exited)",
  "2": "2 (killed by a signal)",
  "3": "3 (killed, core dumped)",
};

/** A key and its value as they are read on the page. */
export function inEvidenceWords(
  key: string,
  value: string,
): { readonly word: string; readonly value: string } {
  const said = key === "execMainCode" ? mainCodes[value] : key === "job" && value === "0" ? "none" : value;
  return { word: words[key] ?? key, value: said ?? value };
}
