/** An error that answers a call: the bus's name for it, and its words. */
export class BusError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const dbusError = "org.freedesktop.DBus.Error.";

/** The names of the errors that arise on our side; a bus gives the same names to the same things. */
export const noReply = `${dbusError}NoReply`;
export const disconnected = `${dbusError}Disconnected`;
export const inconsistent = `${dbusError}InconsistentMessage`;
