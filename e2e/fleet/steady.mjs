// Runs until it is asked to stop, and then stops cleanly after STOP_MS.
process.on("SIGTERM", () => setTimeout(() => process.exit(0), Number(process.env.STOP_MS ?? 0)));
setInterval(() => process.stdout.write("still here\n"), 1_000);
process.stdout.write(`steady as ${process.pid}\n`);
