// Takes its time to initialize: Starting lasts until it has settled.
import { endOnTerm, say } from "./say.mjs";

say("loading a large index");
let percent = 0;
const loading = setInterval(() => {
  percent += 10;
  say(`index ${percent} % loaded`);
  if (percent === 100) clearInterval(loading);
}, 1_100);
setInterval(() => say("serving"), 30_000);
endOnTerm();
