import { z } from "zod";
import { ProblemError } from "../problem";
import { endpoint } from "../route";

/** Every address below `/api` that is none of ours. */
export const nothing = endpoint({
  params: z.unknown(),
  query: z.unknown(),
  handle: async () => {
    throw new ProblemError("not-found", "There is nothing at this address.");
  },
});
