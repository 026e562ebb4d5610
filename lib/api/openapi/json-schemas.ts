import { z } from "zod";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Named schemas as components that refer to each other. @param io what is sent, or what is answered. */
export function componentsOf(
  schemas: Readonly<Record<string, z.ZodType>>,
  io: "input" | "output",
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    target: "draft-2020-12",
    io,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      leaveOutWhatSaysNothing(jsonSchema);
      // Answers may be added to (CONTRACT.md): who reads them has to bear what it does not know.
      if (io === "output" && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema as JsonSchema]),
  );
}

/** The bounds of every whole number in JavaScript; and what is read-only in our own code. */
function leaveOutWhatSaysNothing(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  delete schema.readOnly;
}

export interface Parameter {
  readonly name: string;
  readonly in: "query" | "path";
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** The keys of an object schema as parameters of an address; none for a schema that is no object. */
export function parametersOf(schema: z.ZodType, place: Parameter["in"]): Parameter[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "input",
    override: ({ jsonSchema }) => {
      // In an address a number is digits; its pattern says nothing that the number's bounds do not.
      if (jsonSchema.type === "integer") delete jsonSchema.pattern;
    },
  });
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: each as JsonSchema,
  }));
}
