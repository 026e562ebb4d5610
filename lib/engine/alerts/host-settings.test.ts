import { expect, it } from "vitest";
import { fleetOf } from "../../config/expect-fleet";
import { groupSettings } from "./host-settings";

it("groups that hold nodes are judged, over all of their hosts, with the group's own limits", () => {
  const fleet = fleetOf(`
hosts: { ct101: {}, ct102: { via: [ssh, ct102.example.net] } }
services:
  - { host: ct102, unit: besu.service, name: sentry, kind: besu, group: chain }
  - { host: ct101, unit: besu-validator.service, name: validator, kind: besu, group: chain, besu: { validator: true } }
  - { host: ct101, unit: nginx.service, group: chain }
  - { host: ct101, unit: cloudflared.service, kind: cloudflared, group: edge }
  - { host: ct101, unit: besu-alone.service, kind: besu }
groups: { chain: { alerts: { quorumRisk: 5m } } }
alerts: { quorumLost: 30s }
`);
  const [chain, ...rest] = groupSettings(fleet);
  expect(rest).toEqual([]);
  expect(chain?.limits).toMatchObject({ quorumRisk: 300_000, quorumLost: 30_000 });
  expect(chain).toMatchObject({
    name: "chain",
    members: [
      { id: "ct102/sentry", host: "ct102", name: "sentry", isValidator: false },
      { id: "ct101/validator", host: "ct101", name: "validator", isValidator: true },
    ],
  });
});
