import { expect, test } from "vitest";
import { supportOf } from "./browser-support";

test("a browser that cannot notify says plainly why", () => {
  expect(supportOf({ isSecureContext: false, permission: "granted" })).toMatchObject({
    tag: "impossible",
    why: expect.stringMatching(/https/),
  });
  expect(supportOf({ isSecureContext: true, permission: null }).tag).toBe("impossible");
});

test.each(["default", "granted", "denied"] as const)(
  "a permission that is %s is told as it is",
  (permission) => {
    expect(supportOf({ isSecureContext: true, permission })).toEqual({ tag: "possible", permission });
  },
);
