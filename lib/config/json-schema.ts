import { z } from "zod";
import { fileKeys } from "./file-keys";

/**
 * The JSON Schema (2020-12) of signalbox.yaml for editors, made from the keys that the parser
 * itself reads by. What one key's value means for another (hosts that exist, cycles) is beyond it.
 */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(fileKeys, { target: "draft-2020-12", io: "input" });
  return {
    $schema,
    title: "Signalbox",
    description: "The fleet that Signalbox watches: signalbox.yaml.",
    ...schema,
  };
}
