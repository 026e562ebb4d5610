import type { Actor } from "./identify";

/** Whether somebody may change what alerts do. A viewer's token only looks. */
export function mayChangeAlerts(actor: Actor): boolean {
  switch (actor.tag) {
    case "session":
      return true;
    case "token":
      return actor.role !== "viewer";
  }
}
