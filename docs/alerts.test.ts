import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { defaultAlerts } from "../lib/config/alert-keys";
import { parseFleet } from "../lib/config/parse";
import { defaultLimits, rules } from "../lib/insight/rules/table";
import { sayLimit } from "../lib/insight/thrash/words";
import { spanInWords } from "../lib/span-in-words";

const text = readFileSync(new URL("alerts.md", import.meta.url), "utf8");

it("the table holds every rule with its key and its default", () => {
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| .* \| `(\w+)` \| (.*) \|$/gm)].map(
    ([, ...cells]) => cells,
  );
  const wanted = rules.map(({ id, limit }) => {
    const ms = defaultLimits[limit.key] ?? null;
    if (limit.tag === "thrash") return [id, limit.key, sayLimit(defaultAlerts.thrash)];
    return [id, limit.key, limit.tag === "switch" ? String(ms !== null) : spanInWords(ms ?? 0)];
  });
  expect(rows.sort()).toEqual(wanted.sort());
});

it("the example is a valid configuration", () => {
  const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  const parsed = parseFleet(`hosts: { here: {} }\n${example}`, { file: "alerts.md", baseFolder: "/srv" });
  expect(parsed).toMatchObject({ tag: "ok" });
});
