// Hears SIGTERM and does not care: it has to be killed, and that stop counts as failed.
import { say } from "./say.mjs";

process.on("SIGTERM", () => say("WARN asked to stop; I would rather not"));
setInterval(() => say("still here"), 15_000);
say("started");
