/** How long one asking may take, with all its questions; who asks more shares what is left. */
export interface AskingLimits {
  readonly signal: AbortSignal;
  /** Never under 1. */
  leftMs(): number;
}

export function limitsFor(timeoutMs: number, signal: AbortSignal): AskingLimits {
  const end = performance.now() + timeoutMs;
  return { signal, leftMs: () => Math.max(1, Math.floor(end - performance.now())) };
}
