import { oneCommand, postCommand } from "../endpoints/commands";
import { gapsOfFleet, gapsOfService } from "../endpoints/gaps";
import { listGroups, oneGroup } from "../endpoints/groups";
import { health } from "../endpoints/health";
import { listHosts } from "../endpoints/hosts";
import { live } from "../endpoints/live";
import { logsOfService } from "../endpoints/logs";
import { metrics } from "../endpoints/metrics";
import { listServices, machineOfService, oneService } from "../endpoints/services";
import { transitionsOfFleet, transitionsOfService } from "../endpoints/transitions";
import { usageOfService } from "../endpoints/usage";
import { insightOperations } from "./insight-operations";
import { eventStream, getting, type Operation, posting } from "./operation";

const oneOf = "/api/v1/services/{host}/{name}";

/** Every address for programs, with what it takes and answers; a test finds what is missing here. */
export const operations: readonly Operation[] = [
  getting("/api/v1/services", listServices, "The services of the present configuration.", "ServicePage"),
  getting(oneOf, oneService, "One service, as it is now.", "Service"),
  getting(`${oneOf}/machine`, machineOfService, "The machine that it follows.", "Machine"),
  getting(
    `${oneOf}/transitions`,
    transitionsOfService,
    "The history of a service, newest first.",
    "TransitionPage",
  ),
  getting(`${oneOf}/gaps`, gapsOfService, "When its host was not observed, newest first.", "GapPage"),
  getting(
    `${oneOf}/logs`,
    logsOfService,
    "Lines of its own log, oldest first; with `follow=true` an event stream of them.",
    "LogLinePage",
    eventStream("Events `lines`, and `usage` where that was asked for as well."),
  ),
  getting(
    `${oneOf}/usage`,
    usageOfService,
    "What its processes use; with `follow=true` an event stream, read every two seconds.",
    "Usage",
    eventStream("Events `usage`."),
  ),
  posting(
    `${oneOf}/commands`,
    postCommand,
    "Asks for a start, stop, restart or reset. 202 says that it was accepted; `status` says what became of it. A refusal is 409, and its `code` says why.",
    { body: "CommandRequest", status: 202, answer: "Command" },
  ),
  getting("/api/v1/commands/{id}", oneCommand, "What became of a command.", "Command"),
  getting(
    "/api/v1/transitions",
    transitionsOfFleet,
    "The history of the whole fleet, newest first; as a file all of it, unless a limit is given.",
    "TransitionPage",
    { type: "text/csv", what: "The same as a table for spreadsheets." },
    { type: "application/x-ndjson", what: "One transition a line." },
  ),
  getting("/api/v1/gaps", gapsOfFleet, "When hosts were not observed, newest first.", "HostGapPage"),
  getting("/api/v1/hosts", listHosts, "The hosts, and whether they are seen.", "HostPage"),
  getting("/api/v1/groups", listGroups, "The groups, and how their validators stand.", "GroupPage"),
  getting("/api/v1/groups/{name}", oneGroup, "One group, as it is now.", "Group"),
  getting("/api/v1/health", health, "How Signalbox itself does.", "Health"),
  getting(
    "/api/v1/live",
    live,
    "Everything that changes, as it changes. A reconnect with `Last-Event-ID` is told every committed event once.",
    eventStream(
      "`hello` and `fleet` (a snapshot), then `service`, `transition`, `command`, `alert`, `host` and others, each with an ascending id; `data` is the JSON that the API tells of the same thing.",
    ),
  ),
  getting(
    "/metrics",
    metrics,
    "Everything for Prometheus.",
    { type: "text/plain", what: "Prometheus' text format 0.0.4." },
    { type: "application/openmetrics-text", what: "OpenMetrics, where `Accept` prefers it." },
  ),
  ...insightOperations,
];
