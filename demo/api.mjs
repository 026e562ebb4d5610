// Depends on `db`: does not start without it, and falls when it goes away.
import { connect } from "node:net";
import { endOnTerm, say } from "./say.mjs";
import { databaseSocket } from "./socket.mjs";

const database = connect(databaseSocket);
database.on("connect", () => say("connected to the database"));
database.on("error", (error) => {
  say(`ERROR no database: ${error.code}`);
  process.exit(2);
});
database.on("close", () => {
  say("ERROR the database closed the connection");
  process.exit(3);
});
database.on("data", (answer) => say(`database says: ${String(answer).trim()}`));
setInterval(() => database.write("a record"), 10_000);
endOnTerm(() => database.removeAllListeners("close").destroy());
