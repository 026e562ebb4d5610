// Works through jobs, and meets one now and then that kills it.
import { between, endOnTerm, say } from "./say.mjs";

let job = 0;
setInterval(() => say(`job ${++job} done`), 5_000);
setTimeout(
  () => {
    say(`ERROR job ${job + 1} is malformed`);
    if (Math.random() < 0.5) process.exit(1);
    process.kill(process.pid, "SIGSEGV");
  },
  between(40_000, 110_000),
);
endOnTerm();
