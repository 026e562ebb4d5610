CREATE TABLE "engine_health" (
	"id" text PRIMARY KEY NOT NULL,
	"build" text NOT NULL,
	"started_at" bigint NOT NULL,
	"at" bigint NOT NULL,
	"memory_bytes" bigint NOT NULL,
	"waiting" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "attribution_actor" ON "attribution" USING btree ("actor","transition_id") WHERE actor IS NOT NULL;--> statement-breakpoint
CREATE INDEX "gap_from" ON "gap" USING btree ("from_at","id");