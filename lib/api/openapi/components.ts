import { z } from "zod";
import {
  alertEventSchema,
  alertRuleSchema,
  alertSchema,
  channelSchema,
  pendingAlertSchema,
  silenceSchema,
} from "../../wire/alert";
import { groupSchema } from "../../wire/group";
import { signalboxHealthSchema } from "../../wire/health";
import { hostSchema } from "../../wire/host";
import { normalStaySchema, thrashSchema, timeInStateSchema, timelineSchema } from "../../wire/insight";
import { machineSchema } from "../../wire/machine";
import {
  commandSchema,
  gapSchema,
  hostGapSchema,
  logLineSchema,
  problemSchema,
  serviceSchema,
  transitionSchema,
  usageSchema,
} from "../../wire/service";
import { commandRequest } from "../command-request";
import { acknowledgement } from "../endpoints/alerts";
import { silenceRequest } from "../silence-request";

/** A page of a list. */
function pageOf(item: z.ZodType) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** The shapes of answers, by the name that they have in the description of the API. */
export const answerSchemas = {
  Problem: problemSchema,
  Service: serviceSchema,
  ServicePage: pageOf(serviceSchema),
  Machine: machineSchema,
  Transition: transitionSchema,
  TransitionPage: pageOf(transitionSchema),
  Gap: gapSchema,
  GapPage: pageOf(gapSchema),
  HostGap: hostGapSchema,
  HostGapPage: pageOf(hostGapSchema),
  Host: hostSchema,
  HostPage: pageOf(hostSchema),
  Group: groupSchema,
  GroupPage: pageOf(groupSchema),
  Command: commandSchema,
  LogLine: logLineSchema,
  LogLinePage: pageOf(logLineSchema),
  Usage: usageSchema,
  Health: signalboxHealthSchema,
  TimeInState: timeInStateSchema,
  Timeline: timelineSchema,
  TimelineList: z.object({ items: z.array(z.object({ service: z.string(), timeline: timelineSchema })) }),
  NormalStayList: z.object({ items: z.array(normalStaySchema) }),
  Thrash: thrashSchema,
  Alert: alertSchema,
  AlertPage: pageOf(alertSchema),
  AlertWithEvents: alertSchema.extend({ events: z.array(alertEventSchema) }),
  AlertRulePage: pageOf(alertRuleSchema),
  PendingAlertPage: pageOf(pendingAlertSchema),
  Silence: silenceSchema,
  SilencePage: pageOf(silenceSchema),
  ChannelPage: pageOf(channelSchema),
  ChannelTest: z.object({ id: z.string(), channel: z.string() }),
} satisfies Readonly<Record<string, z.ZodType>>;
export type AnswerName = keyof typeof answerSchemas;

/** The shapes of what is sent. */
export const bodySchemas = {
  CommandRequest: commandRequest,
  AcknowledgeRequest: acknowledgement,
  SilenceRequest: silenceRequest(0),
} satisfies Readonly<Record<string, z.ZodType>>;
export type BodyName = keyof typeof bodySchemas;
