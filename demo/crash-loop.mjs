// Finds its configuration broken a moment after every start.
import { between, endOnTerm, say } from "./say.mjs";

say("reading configuration");
setTimeout(
  () => {
    say("ERROR configuration: key `upstream` is missing");
    process.exit(78);
  },
  between(400, 4_000),
);
endOnTerm();
