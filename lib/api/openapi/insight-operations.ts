import {
  listAlertRules,
  listAlerts,
  listPendingAlerts,
  oneAlert,
  postAcknowledge,
  postUnacknowledge,
} from "../endpoints/alerts";
import { listChannels, postChannelTest } from "../endpoints/channels";
import { normalOfService } from "../endpoints/normal";
import { listSilences, postEndSilence, postSilence } from "../endpoints/silences";
import { thrashOfService } from "../endpoints/thrash";
import { timeInStateOfFleet, timeInStateOfService } from "../endpoints/time-in-state";
import { timelineOfService, timelinesOfServices } from "../endpoints/timeline";
import { getting, type Operation, posting } from "./operation";

const oneOf = "/api/v1/services/{host}/{name}";

/** What history means: time in state, thrash, alerts, silences, and through what they are told. */
export const insightOperations: readonly Operation[] = [
  getting(
    `${oneOf}/time-in-state`,
    timeInStateOfService,
    "How long a service was in each state of a span, and what was not observed.",
    "TimeInState",
  ),
  getting(`${oneOf}/timeline`, timelineOfService, "Its states over a span, in order.", "Timeline"),
  getting(`${oneOf}/normal`, normalOfService, "How long it usually stays in each state.", "NormalStayList"),
  getting(`${oneOf}/thrash`, thrashOfService, "How often it moved, and whether that is too often.", "Thrash"),
  getting(
    "/api/v1/time-in-state",
    timeInStateOfFleet,
    "The time of all services, or of some, in each state of a span.",
    "TimeInState",
  ),
  getting(
    "/api/v1/timelines",
    timelinesOfServices,
    "What every service did lately, in few bands each.",
    "TimelineList",
  ),
  getting("/api/v1/alerts", listAlerts, "Alerts, firing before resolved, the newest first.", "AlertPage"),
  getting("/api/v1/alerts/{id}", oneAlert, "One alert, and what became of it.", "AlertWithEvents"),
  posting("/api/v1/alerts/{id}/acknowledge", postAcknowledge, "Says that somebody has it.", {
    body: "AcknowledgeRequest",
    status: 200,
    answer: "Alert",
  }),
  posting("/api/v1/alerts/{id}/unacknowledge", postUnacknowledge, "Says that nobody has it any more.", {
    status: 200,
    answer: "Alert",
  }),
  getting("/api/v1/alert-rules", listAlertRules, "The rules as they hold for the fleet.", "AlertRulePage"),
  getting(
    "/api/v1/pending-alerts",
    listPendingAlerts,
    "What fires soon if nothing changes, the soonest first.",
    "PendingAlertPage",
  ),
  getting("/api/v1/silences", listSilences, "Silences and maintenances, the newest first.", "SilencePage"),
  posting("/api/v1/silences", postSilence, "Holds alerts back that are expected, for a time.", {
    body: "SilenceRequest",
    status: 201,
    answer: "Silence",
  }),
  posting("/api/v1/silences/{id}/end", postEndSilence, "Ends one before its time.", {
    status: 200,
    answer: "Silence",
  }),
  getting(
    "/api/v1/channels",
    listChannels,
    "Through what alerts are told, and how each does.",
    "ChannelPage",
  ),
  posting("/api/v1/channels/{name}/test", postChannelTest, "Sends a message to try a channel.", {
    status: 202,
    answer: "ChannelTest",
  }),
];
