// Does nothing but live: the drill stops, starts and restarts it.
import { endOnTerm, say } from "./say.mjs";

say("singing");
setInterval(() => say("still singing"), 15_000);
endOnTerm(() => new Promise((resolve) => setTimeout(resolve, 800)));
