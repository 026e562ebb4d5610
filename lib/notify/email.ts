import { createTransport, type NodemailerError, type SMTPTransportOptions } from "nodemailer";
import { spanInWords } from "../clock";
import type { EmailSettings } from "../config/notify-config";
import { timeLimit } from "../time-limit";
import { mailHtml } from "./mail-html";
import type { Letter } from "./message";
import { plainLine } from "./plain-line";
import { plainText } from "./plain-text";
import { type Delivery, type Outcome, sent } from "./telling";

/** How long a mail server may say nothing. */
const longestSilenceMs = 15_000;

/**
 * Sends a letter once by SMTP. A mail's Message-ID is made of the delivery's id, so that one that is
 * sent again is known as the same; what follows an alert stands below its first mail. Never throws.
 */
export async function sendEmail(
  settings: EmailSettings,
  password: string | null,
  delivery: Delivery,
  letter: Letter,
  limitMs: number,
  signal: AbortSignal,
): Promise<Outcome> {
  const limit = timeLimit(limitMs, signal);
  const messageId = (id: string) => `<${id}@${domainOf(settings.from)}>`;
  const reply = delivery.repliesTo === null ? undefined : messageId(delivery.repliesTo);
  try {
    const info = await createTransport(optionsFor(settings, password, limitMs)).sendMail({
      from: settings.from,
      to: [...settings.to],
      subject: letter.title,
      text: `${plainText(letter)}\n`,
      html: mailHtml(letter),
      messageId: messageId(delivery.id),
      ...(reply === undefined ? {} : { inReplyTo: reply, references: reply }),
      headers: { "Auto-Submitted": "auto-generated" },
      signal: limit.signal,
    });
    const [refused] = info.rejectedErrors ?? [];
    return refused === undefined ? sent : { tag: "sent", remark: `not to all: ${inWords(refused)}` };
  } catch (error) {
    if (signal.aborted) return failed("Signalbox was ended while it was sent");
    if (limit.isOver) return failed(`the mail was not taken within ${spanInWords(limitMs)}`);
    return outcomeOf(error as NodemailerError);
  } finally {
    limit.end();
  }
}

function optionsFor(
  { smtp: { host, port, security, login } }: EmailSettings,
  password: string | null,
  limitMs: number,
): SMTPTransportOptions {
  const silence = Math.min(longestSilenceMs, limitMs);
  return {
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(login === null ? {} : { auth: { user: login.user, pass: password ?? "" } }),
    connectionTimeout: silence,
    greetingTimeout: silence,
    socketTimeout: silence,
    dnsTimeout: silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function domainOf(address: string): string {
  return /@([^>\s]+)>?$/.exec(address)?.[1] ?? "signalbox.invalid";
}

/** A server's lasting no, and a door that is locked, need somebody; all else may be better next time. */
function outcomeOf(error: NodemailerError): Outcome {
  const lasting = error.permanent ?? ["EAUTH", "ENOAUTH", "ETLS", "EENVELOPE"].includes(error.code ?? "");
  return lasting ? { tag: "refused", reason: inWords(error) } : failed(inWords(error));
}

function inWords(error: NodemailerError): string {
  switch (error.timeoutType) {
    case "CONNECT_TIMEOUT":
      return "the mail server does not take connections: connection timed out";
    case "GREETING_TIMEOUT":
      return "the mail server does not greet";
    case "SOCKET_TIMEOUT":
    case "UPGRADE_TIMEOUT":
      return "the mail server stopped answering";
    case undefined:
      return plainLine(error.message, 300);
  }
}

function failed(reason: string): Outcome {
  return { tag: "failed", reason, afterMs: null };
}
