// Runs for a while, ends cleanly by itself, and is started again by its restart rule.
import { between, endOnTerm, say } from "./say.mjs";

say("batch begins");
setTimeout(
  () => {
    say("batch complete");
    process.exit(0);
  },
  between(20_000, 40_000),
);
endOnTerm();
