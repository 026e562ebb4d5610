import { tellCause } from "../tell-cause";

const longestValue = 500;

/** One line for the operator of Signalbox itself. Values are told, secrets never are. */
export interface Logger {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** Writes lines such as `engine: message (key=value)` to standard error. */
export function createLogger(room: string): Logger {
  const write = (level: string, message: string, fields: Record<string, unknown> = {}) => {
    const told = Object.entries(fields).map(([key, value]) => `${key}=${tell(value)}`);
    const tail = told.length > 0 ? ` (${told.join(" ")})` : "";
    process.stderr.write(`${new Date().toISOString()} ${room} ${level}: ${message}${tail}\n`);
  };
  return {
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
  };
}

function tell(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(tellCause(value));
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return JSON.stringify((text ?? "undefined").slice(0, longestValue));
}
