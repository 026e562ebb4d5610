import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** @typedef {{ readonly nodeId: string, readonly address: string }} Identity */

/** @type {{ validators: Identity[], others: Identity[] }} */
const known = JSON.parse(readFileSync(new URL("./fixtures/identities.json", import.meta.url), "utf8"));

/** The five validators, 1 to 5; their addresses are what their node ids give. */
export const validators = known.validators;

/** Their addresses as Besu has them: sorted, and it is in this order that they propose. */
export const validatorAddresses = validators.map(({ address }) => address).sort();

/**
 * Who a node is: 1 to 5 are the validators, 6 and 7 have an address outside of the set.
 * @param {number} number
 * @returns {Identity}
 */
export function identityOf(number) {
  const identity = [...validators, ...known.others][number - 1];
  if (identity === undefined) throw new RangeError(`there is no identity ${number}: 1 to 7 are known`);
  return identity;
}

/**
 * A node id without a key, for one of many nodes or peers of which only the number counts.
 * @param {string} name
 */
export function madeUpNodeId(name) {
  return createHash("sha512").update(name).digest("hex");
}
