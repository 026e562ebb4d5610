import { expect, test } from "vitest";
import vectors from "./fixtures/derived/node-id-to-validator-address.json";
import { validatorAddress } from "./validator-address";

test.each(vectors.vectors)("the node id of $file gives its address in the validator set", (vector) => {
  expect(validatorAddress(vector.nodeId)).toBe(vector.address);
  expect(validatorAddress(`0x${vector.nodeId.toUpperCase()}`)).toBe(vector.address);
  expect(validatorAddress(`enode://${vector.nodeId}@192.0.2.7:30303?discport=0`)).toBe(vector.address);
  expect(vectors.validators_in_extraData).toContain(vector.address);
});

test.each(["", "0x", "ab".repeat(63), "ab".repeat(65), "enode://[::]:30303", "zz".repeat(64)])(
  "%j is no node id and gives no address",
  (text) => expect(validatorAddress(text)).toBeNull(),
);
