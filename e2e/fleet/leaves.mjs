// Ends by itself after LIVE_MS with EXIT_CODE.
process.on("SIGTERM", () => process.exit(0));
setTimeout(() => process.exit(Number(process.env.EXIT_CODE ?? 0)), Number(process.env.LIVE_MS ?? 1_000));
