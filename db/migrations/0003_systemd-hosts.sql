ALTER TABLE "host" ADD COLUMN "history_until" bigint;--> statement-breakpoint
ALTER TABLE "host" ADD COLUMN "facts" jsonb;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "discovered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "glimpse" jsonb;