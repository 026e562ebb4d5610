// A one-shot: writes its report and is done.
import { endOnTerm, say } from "./say.mjs";

say("writing the report");
setTimeout(() => {
  say("report written");
  process.exit(0);
}, 6_000);
endOnTerm();
