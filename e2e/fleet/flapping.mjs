// Lives for a random moment and falls: the fleet moves by itself.
process.on("SIGTERM", () => process.exit(0));
setTimeout(() => process.exit(1 + Math.floor(Math.random() * 3)), 300 + Math.random() * 1_500);
