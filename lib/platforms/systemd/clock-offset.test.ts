import { describe, expect, test } from "vitest";
import { measureClockOffset } from "./clock-offset";
import { hostPrefix } from "./testing/host-prefix";

const never = new AbortController().signal;

/** Runs the shell's text with the date that was defined before it. */
const shell = 'eval "$3"';

describe("a host's clock", () => {
  test("is ours where the host is this machine", async () => {
    expect(await measureClockOffset({}, never)).toEqual({ offsetUs: 0, uncertaintyUs: 0 });
  });

  test("is measured by answers after the first, which holds the time to log in", async () => {
    const offset = await measureClockOffset(hostPrefix('sleep 3; exec "$@"'), never);
    expect(offset?.uncertaintyUs).toBeLessThan(1_500_000);
  });

  test("is measured by one answer where no other command is allowed", async () => {
    const forced = hostPrefix('[ "$*" = "date +%s.%N" ] && exec "$@"; echo refused >&2; exit 1');
    const { offsetUs = Number.NaN, uncertaintyUs = 0 } = (await measureClockOffset(forced, never)) ?? {};
    expect(Math.abs(offsetUs)).toBeLessThanOrEqual(uncertaintyUs);
  });

  test.each([
    ["the same", "", 0],
    ["an hour ahead", "-d 'now + 1 hour'", 3_600_000_000],
    ["two seconds behind", "-d 'now - 2 seconds'", -2_000_000],
  ])("that is %s is measured within the uncertainty that is told", async (_, shift, expected) => {
    const offset = await measureClockOffset(
      hostPrefix(`date() { command date "$@" ${shift}; }\n${shell}`),
      never,
    );
    expect(offset).not.toBeNull();
    const { offsetUs = 0, uncertaintyUs = 0 } = offset ?? {};
    expect(Math.abs(offsetUs - expected)).toBeLessThanOrEqual(uncertaintyUs);
    expect(uncertaintyUs).toBeGreaterThan(0);
  });

  test.each([
    ["refuses the question", "exit 1"],
    ["answers something else", "echo 'only the bridge is allowed here'"],
    ["answers, and fails", "read -r line; date +%s.%N; exit 1"],
  ])("is not known where the host %s", async (_, script) => {
    expect(await measureClockOffset(hostPrefix(script), never)).toBeNull();
  });

  test("is not waited for any longer once nobody wants to know", async () => {
    const aborter = new AbortController();
    const measured = measureClockOffset(hostPrefix("exec sleep 600"), aborter.signal);
    aborter.abort();
    expect(await measured).toBeNull();
  });
});
