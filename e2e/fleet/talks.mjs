// Writes lines of every priority (sd-daemon's prefixes), a long one and a binary one, and goes on.
const write = (line) => process.stdout.write(`${line}\n`);
for (let n = 0; n < 120; n += 1) write(`<6>fine ${n}`);
write("<3>the disk is full");
write("<4>the disk is nearly full");
write(`<6>${"long".repeat(1_000)} ${"a word ".repeat(100)}`);
process.stdout.write(Buffer.from([0x00, 0xff, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x07, 0x0a]));
process.on("SIGTERM", () => {
  write("<5>asked to stop");
  process.exit(0);
});
let n = 0;
setInterval(() => write(`<6>tick ${n++}`), 1_000);
