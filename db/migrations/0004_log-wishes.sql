CREATE TABLE "usage_watch" (
	"service_id" integer PRIMARY KEY NOT NULL,
	"wanted_until" bigint NOT NULL,
	"answered_at" bigint,
	"reading" jsonb
);
--> statement-breakpoint
ALTER TABLE "log_request" ADD COLUMN "priority" integer;--> statement-breakpoint
ALTER TABLE "log_request" ADD COLUMN "around_at" bigint;