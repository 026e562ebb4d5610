CREATE TABLE "command_count" (
	"service_id" integer NOT NULL,
	"event" text NOT NULL,
	"status" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "command_count_service_id_event_status_pk" PRIMARY KEY("service_id","event","status")
);
--> statement-breakpoint
ALTER TABLE "engine_health" ADD COLUMN "figures" jsonb;--> statement-breakpoint
ALTER TABLE "command_count" ADD CONSTRAINT "command_count_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
INSERT INTO "command_count" SELECT "service_id", "event", "status", count(*) FROM "command" WHERE "settled_at" IS NOT NULL GROUP BY 1, 2, 3;--> statement-breakpoint
-- Wherever a command is settled, it is counted in that transaction, once.
CREATE FUNCTION count_settled_command() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO command_count (service_id, event, status, count) VALUES (NEW.service_id, NEW.event, NEW.status, 1)
    ON CONFLICT (service_id, event, status) DO UPDATE SET count = command_count.count + 1;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER settled AFTER UPDATE OF settled_at ON "command" FOR EACH ROW
  WHEN (OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL) EXECUTE FUNCTION count_settled_command();
--> statement-breakpoint
CREATE TRIGGER born_settled AFTER INSERT ON "command" FOR EACH ROW
  WHEN (NEW.settled_at IS NOT NULL) EXECUTE FUNCTION count_settled_command();
