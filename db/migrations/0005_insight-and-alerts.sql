CREATE TABLE "alert" (
	"id" text PRIMARY KEY NOT NULL,
	"rule" text NOT NULL,
	"severity" text NOT NULL,
	"host" text NOT NULL,
	"service_id" integer,
	"group_name" text,
	"since" bigint NOT NULL,
	"fired_at" bigint NOT NULL,
	"resolved_at" bigint,
	"resolved_because" text,
	"summary" text NOT NULL,
	"why" text NOT NULL,
	"todo" text NOT NULL,
	"acknowledged_by" text,
	"acknowledged_at" bigint,
	"acknowledged_note" text
);
--> statement-breakpoint
CREATE TABLE "alert_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "alert_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"alert_id" text NOT NULL,
	"at" bigint NOT NULL,
	"what" text NOT NULL,
	"actor" text,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "notification" (
	"id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"event_id" bigint,
	"payload" jsonb NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"next_at" bigint NOT NULL,
	"claimed_until" bigint,
	"sent_at" bigint,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "notification_channel" (
	"name" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"present" boolean NOT NULL,
	"last_sent_at" bigint,
	"last_error_at" bigint,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "notification_cursor" (
	"id" integer PRIMARY KEY NOT NULL,
	"event_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "silence" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"matcher" jsonb NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"why" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"ended_by" text,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "move_count" (
	"service_id" integer NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"cause" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "move_count_service_id_from_state_to_state_cause_pk" PRIMARY KEY("service_id","from_state","to_state","cause")
);
--> statement-breakpoint
CREATE TABLE "stay_day" (
	"service_id" integer NOT NULL,
	"day" integer NOT NULL,
	"state" text NOT NULL,
	"ms" bigint NOT NULL,
	"entries" integer NOT NULL,
	CONSTRAINT "stay_day_service_id_day_state_pk" PRIMARY KEY("service_id","day","state")
);
--> statement-breakpoint
CREATE TABLE "stay_total" (
	"service_id" integer NOT NULL,
	"state" text NOT NULL,
	"ms" bigint NOT NULL,
	"entries" bigint NOT NULL,
	"recent" bigint[] NOT NULL,
	CONSTRAINT "stay_total_service_id_state_pk" PRIMARY KEY("service_id","state")
);
--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "thrash" jsonb;--> statement-breakpoint
ALTER TABLE "transition" ADD COLUMN "counted_at" bigint;--> statement-breakpoint
ALTER TABLE "transition" DISABLE TRIGGER append_only;--> statement-breakpoint
UPDATE "transition" SET counted_at = c.counted_at FROM (
	SELECT id, max(at) OVER (PARTITION BY service_id ORDER BY seq) / 1000 AS counted_at FROM "transition"
) c WHERE c.id = "transition".id;--> statement-breakpoint
ALTER TABLE "transition" ENABLE TRIGGER append_only;--> statement-breakpoint
ALTER TABLE "transition" ALTER COLUMN "counted_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_event" ADD CONSTRAINT "alert_event_alert_id_alert_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "move_count" ADD CONSTRAINT "move_count_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stay_day" ADD CONSTRAINT "stay_day_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stay_total" ADD CONSTRAINT "stay_total_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alert_fires_once" ON "alert" USING btree ("rule","host",coalesce(service_id, 0),coalesce(group_name, '')) WHERE resolved_at IS NULL;--> statement-breakpoint
CREATE INDEX "alert_firing" ON "alert" USING btree ("service_id") WHERE resolved_at IS NULL;--> statement-breakpoint
CREATE INDEX "alert_fired_at" ON "alert" USING btree ("fired_at","id");--> statement-breakpoint
CREATE INDEX "alert_service_fired_at" ON "alert" USING btree ("service_id","fired_at");--> statement-breakpoint
CREATE INDEX "alert_event_alert" ON "alert_event" USING btree ("alert_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "notification_channel_event" ON "notification" USING btree ("channel","event_id");--> statement-breakpoint
CREATE INDEX "notification_queued" ON "notification" USING btree ("next_at") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "stay_day_day" ON "stay_day" USING btree ("day");--> statement-breakpoint
CREATE INDEX "transition_service_counted" ON "transition" USING btree ("service_id","counted_at");--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alert_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
