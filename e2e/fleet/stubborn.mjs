// Does not hear SIGTERM.
process.on("SIGTERM", () => process.stdout.write("no\n"));
setInterval(() => {}, 1_000);
