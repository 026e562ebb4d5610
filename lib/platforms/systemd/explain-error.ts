import { BusError } from "./bus/bus-error";

/** What was wanted of a unit, in polkit's words for it (org.freedesktop.systemd1.policy). */
export type UnitVerb = "start" | "stop" | "restart" | "reset-failed" | "ref";

const systemd = "org.freedesktop.systemd1.";
const dbus = "org.freedesktop.DBus.Error.";

/**
 * Why systemd refused, in words that tell the operator what to do. Total: an error that is not
 * known is told in the bus's own words. `uid` is the user that the connection runs as on the host.
 */
export function explainError(error: unknown, unit: string, verb: UnitVerb, uid: number | null): string {
  if (!(error instanceof BusError)) return `${verb} of ${unit} failed: ${String(error)}`;
  const said = error.message === "" ? error.name : error.message;
  switch (error.name) {
    case `${systemd}UnitMasked`:
      return `${unit} is masked; unmask it on the host (systemctl unmask ${unit}) before it can ${verb}`;
    case `${systemd}NoSuchUnit`:
      return `the host has no ${unit}; check its name, or systemctl daemon-reload there if its file is new`;
    case `${systemd}BadUnitSetting`:
      return `the unit file of ${unit} has a mistake that systemd refuses; systemd-analyze verify ${unit} shows it: ${said}`;
    case `${systemd}LoadFailed`:
      return `${unit} could not be loaded: ${said}`;
    case `${systemd}JobTypeNotApplicable`:
      return `${unit} does not know ${verb}: ${said}`;
    case `${systemd}TransactionIsDestructive`:
      return `the host is busy with something that this would undo, such as shutting down: ${said}`;
    case `${systemd}TransactionJobsConflicting`:
    case `${systemd}TransactionOrderIsCyclic`:
      return `the units that ${unit} depends on contradict each other: ${said}`;
    case `${systemd}OnlyByDependency`:
      return `the unit file of ${unit} forbids ${verb} by hand (RefuseManualStart, RefuseManualStop): ${said}`;
    case `${systemd}NoSuchJob`:
      return `the job was over before it could be asked about: ${said}`;
    case `${systemd}ShuttingDown`:
      return `the host is shutting down: ${said}`;
    case `${dbus}InteractiveAuthorizationRequired`:
    case `${dbus}AccessDenied`:
    case `${dbus}AuthFailed`:
      return withoutRights(error.name, unit, verb, uid);
    case `${dbus}InvalidArgs`:
      return `systemd does not take this for a unit: ${unit} (${said})`;
    case `${dbus}NoReply`:
    case `${dbus}Timeout`:
    case `${dbus}TimedOut`:
      return `systemd did not answer in time, so whether ${unit} will ${verb} is not known: ${said}`;
    case `${dbus}Disconnected`:
      return `the connection to the host ended: ${said}`;
    case `${dbus}ServiceUnknown`:
    case `${dbus}NameHasNoOwner`:
      return `systemd is not on the host's bus: ${said}`;
    case `${dbus}LimitsExceeded`:
      return `the host's bus takes no more calls at the moment: ${said}`;
    default:
      return said;
  }
}

function withoutRights(name: string, unit: string, verb: UnitVerb, uid: number | null): string {
  const user = uid === null ? "this connection's user" : `the user with uid ${uid}`;
  // Without polkitd systemd says AccessDenied, with it and without a rule the other.
  const polkit = name.endsWith("AccessDenied")
    ? "polkit refuses, or is not installed there"
    : "no polkit rule allows it";
  return (
    `${user} may not ${verb} ${unit} on the host: ${polkit}. Allow the action ` +
    `org.freedesktop.systemd1.manage-units with unit ${unit} and verb ${verb} for that user`
  );
}
