// Leaks until its heap is full and V8 aborts it. The abort is real.
import { endOnTerm, say } from "./say.mjs";

const kept = [];
setInterval(() => {
  kept.push(Array.from({ length: 16_000 }, (_, n) => ({ n })));
  if (kept.length % 10 === 0) say(`${Math.round(process.memoryUsage().heapUsed / 1e6)} MB of heap in use`);
}, 2_000);
endOnTerm();
