/** One line of a demo service's log. */
export function say(line) {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

/** Ends cleanly when asked to, after `tidy`. */
export function endOnTerm(tidy = () => {}) {
  process.on("SIGTERM", async () => {
    say("asked to stop");
    await tidy();
    say("stopped");
    process.exit(0);
  });
}

/** A random span in milliseconds. */
export function between(lowMs, highMs) {
  return lowMs + Math.random() * (highMs - lowMs);
}
