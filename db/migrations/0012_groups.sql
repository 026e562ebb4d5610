ALTER TABLE "config_state" ADD COLUMN "groups" jsonb;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "validator" boolean;