import { type Instant, now } from "../../clock";
import type { Micros } from "../../machine/types";
import type { Report } from "../contract";
import { FactFile } from "./fact-file";
import type { FactBody, ProcessFact } from "./facts";
import { interpret } from "./interpret";
import { type Memory, noMemory, type ProcessState } from "./memory";

export interface Audience {
  readonly report: (report: Report) => void;
  /** Something that people should know and that is no history, such as a full disk. */
  readonly warn: (message: string) => void;
  /** So much had been written to the service's log at this instant. */
  readonly markLog: (service: string, at: Micros) => void;
  /** A service is in another state now. */
  readonly moved: () => void;
}

/** Takes the facts of one service: keeps them, interprets them, and reports what they mean. */
export class Teller {
  readonly #service: string;
  readonly #file: FactFile;
  readonly #audience: Audience;
  #memory: Memory = noMemory;
  #fileFails = false;

  constructor(service: string, stateFolder: string, audience: Audience) {
    this.#service = service;
    this.#file = new FactFile(stateFolder, service);
    this.#audience = audience;
  }

  get state(): ProcessState | null {
    return this.#memory.state;
  }

  tell(invocation: string, body: FactBody, instant: Instant = now()): void {
    const service = this.#service;
    const fact: ProcessFact = { service, ...instant, invocation, ...body };
    this.#keep(fact);
    this.#audience.markLog(service, instant.at);
    const { memory, observations, detail } = interpret(this.#memory, fact);
    this.#memory = memory;
    const { report, moved } = this.#audience;
    for (const observation of observations) report({ tag: "observation", service, observation });
    if (detail !== undefined) report({ tag: "detail", service, detail });
    if (observations.length > 0) moved();
  }

  /** Whether it was last stopped for having left the configuration. */
  wasUnconfigured(): boolean {
    try {
      return this.#file.lastStop() === "unconfigured";
    } catch (error) {
      this.#audience.warn(`${this.#service}: its facts cannot be read: ${(error as Error).message}`);
      return false;
    }
  }

  /** A disk that is full must not keep a service from being supervised. */
  #keep(fact: ProcessFact): void {
    try {
      this.#file.append(fact);
      this.#fileFails = false;
    } catch (error) {
      if (!this.#fileFails)
        this.#audience.warn(`${this.#service}: facts cannot be kept: ${(error as Error).message}`);
      this.#fileFails = true;
    }
  }
}
