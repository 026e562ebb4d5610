import { z } from "zod";

/** What JSON-RPC calls a quantity: hexadecimal, without leading zeros; a number that is exact here. */
export const quantity = z
  .string()
  .regex(/^0x(0|[1-9a-f][\da-f]{0,15})$/i)
  .transform(Number)
  .refine(Number.isSafeInteger);

/** 0x and 40 hexadecimal digits; in lower case. */
export const address = z
  .string()
  .regex(/^0x[\da-f]{40}$/i)
  .transform((text) => text.toLowerCase());

export function toQuantity(value: number): string {
  return `0x${value.toString(16)}`;
}
