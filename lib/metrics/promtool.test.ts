import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { alert } from "@/db/alert-schema";
import { moveCount } from "@/db/insight-schema";
import { addService } from "@/db/test-fleet";
import { describeWithPrometheus } from "../../e2e/support/monitoring/describe-with-prometheus";
import { TestApi } from "../api/test-api";
import { nodeTold } from "../engine/testing/told-of";

/** What a service is called on a host is up to the host. */
const oddNames = ['getty@tty1\\x2d"quoted"', "-dash", "line\nbreak", 'ünï ✓ {le="1"}', "back\\"];

describeWithPrometheus("promtool check metrics", () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.open();
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const { database } = api.store;
    const words = { severity: "critical", summary: "", why: "", todo: "", since: 1, firedAt: 1 } as const;
    for (const [n, name] of oddNames.entries()) {
      const serviceId = await addService(database, "toys", name, { state: "Error" });
      const move = { fromState: "Running", toState: "Error", cause: "service", count: n + 1 };
      await database.db.insert(moveCount).values({ serviceId, ...move });
      await database.db
        .insert(alert)
        .values({ id: `a${n}`, rule: "error", host: "toys", serviceId, ...words });
      const node = { kind: "besu", groupName: name, application: nodeTold() };
      await addService(database, "toys", `node of ${name}`, { state: "Running", ...node });
      await database.db
        .insert(alert)
        .values({ id: `g${n}`, rule: "quorum-risk", host: "toys", groupName: name, ...words });
    }
  });
  afterAll(() => api?.close());

  it("has nothing to say of the answer, whatever services are called", async () => {
    const text = await (await api.get("/metrics")).text();
    expect(text).toContain('service="line\\nbreak"');
    expect(text).toContain('rule="quorum-risk",host="",service="",group="line\\nbreak"} 1');
    const { status, stdout, stderr } = spawnSync("/usr/bin/promtool", ["check", "metrics"], {
      input: text,
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
