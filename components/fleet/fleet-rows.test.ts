import { expect, test } from "vitest";
import { aService } from "../live/examples";
import { fleetRows } from "./fleet-rows";

const named = (name: string, change = {}) => aService({ id: `here/${name}`, name, ...change });

test("services stand under their groups in the order people count, those without a group last", () => {
  const services = [
    named("solo"),
    named("web-10", { group: "edge" }),
    named("web-2", { group: "edge" }),
    named("api", { group: "core" }),
  ];
  expect(
    fleetRows(services, "group").map((row) => (row.tag === "group" ? `${row.group}:${row.size}` : row.id)),
  ).toEqual(["core:1", "here/api", "edge:2", "here/web-2", "here/web-10", "No group:1", "here/solo"]);
});

test("positions count services only", () => {
  const rows = fleetRows([named("a", { host: "one" }), named("b", { host: "two" })], "host");
  expect(rows.flatMap((row) => (row.tag === "service" ? [row.position] : []))).toEqual([1, 2]);
});
