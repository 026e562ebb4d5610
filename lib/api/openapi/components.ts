import { z } from "zod";
import { signalboxHealthSchema } from "../../wire/health";
import { hostSchema } from "../../wire/host";
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
  Command: commandSchema,
  LogLine: logLineSchema,
  LogLinePage: pageOf(logLineSchema),
  Usage: usageSchema,
  Health: signalboxHealthSchema,
} satisfies Readonly<Record<string, z.ZodType>>;
export type AnswerName = keyof typeof answerSchemas;

/** The shapes of what is sent. */
export const bodySchemas = {
  CommandRequest: commandRequest,
} satisfies Readonly<Record<string, z.ZodType>>;
export type BodyName = keyof typeof bodySchemas;
