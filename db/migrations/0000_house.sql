CREATE TABLE "api_token" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	"revoked_at" bigint,
	CONSTRAINT "api_token_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "attribution" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attribution_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transition_id" bigint NOT NULL,
	"revision" integer NOT NULL,
	"kind" text NOT NULL,
	"actor" text,
	"detail" text NOT NULL,
	"recorded_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"target" text,
	"outcome" text NOT NULL,
	"detail" text
);
--> statement-breakpoint
CREATE TABLE "command" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" integer NOT NULL,
	"event" text NOT NULL,
	"actor" text NOT NULL,
	"reason" text,
	"status" text NOT NULL,
	"epoch" bigint,
	"requested_at" bigint NOT NULL,
	"reached_at" bigint,
	"settled_at" bigint,
	"detail" text
);
--> statement-breakpoint
CREATE TABLE "config_state" (
	"id" integer PRIMARY KEY NOT NULL,
	"errors" text[] NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feed" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "feed_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"service_id" integer,
	"transition_id" bigint,
	"revision" integer,
	"payload" jsonb,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gap" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "gap_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"host" text NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"reason" text NOT NULL,
	"recovered" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "host" (
	"id" text PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"present" boolean DEFAULT true NOT NULL,
	"contact" text DEFAULT 'never' NOT NULL,
	"contact_since" bigint,
	"contact_reason" text,
	"observed_until" bigint,
	"epoch" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "instance" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_chunk" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "log_chunk_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"request_id" text NOT NULL,
	"lines" jsonb NOT NULL,
	"ended" text
);
--> statement-breakpoint
CREATE TABLE "log_request" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" integer NOT NULL,
	"lines" integer NOT NULL,
	"grep" text,
	"follow" boolean NOT NULL,
	"expires_at" bigint NOT NULL,
	"claimed" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "service_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"host" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"group_name" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"settings" jsonb NOT NULL,
	"present" boolean DEFAULT true NOT NULL,
	"state" text,
	"since" bigint,
	"since_monotonic" bigint,
	"since_boot_id" text,
	"seq" integer DEFAULT 0 NOT NULL,
	"detail" jsonb,
	"wanted" boolean
);
--> statement-breakpoint
CREATE TABLE "session" (
	"hash" text PRIMARY KEY NOT NULL,
	"actor" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "start_key" (
	"hash" text PRIMARY KEY NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transition" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "transition_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"service_id" integer NOT NULL,
	"seq" integer NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"event" text,
	"at" bigint NOT NULL,
	"observed_at" bigint NOT NULL,
	"boot_id" text,
	"monotonic" bigint,
	"in_from_us" bigint,
	"gap_us" bigint NOT NULL,
	"source" text NOT NULL,
	"source_key" text NOT NULL,
	"declared" boolean NOT NULL,
	"inferred" boolean NOT NULL,
	"command_id" text,
	"evidence" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_transition_id_transition_id_fk" FOREIGN KEY ("transition_id") REFERENCES "public"."transition"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "command" ADD CONSTRAINT "command_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gap" ADD CONSTRAINT "gap_host_host_id_fk" FOREIGN KEY ("host") REFERENCES "public"."host"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_host_host_id_fk" FOREIGN KEY ("host") REFERENCES "public"."host"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transition" ADD CONSTRAINT "transition_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attribution_transition_revision" ON "attribution" USING btree ("transition_id","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "command_holds_service" ON "command" USING btree ("service_id") WHERE settled_at IS NULL AND reached_at IS NULL;--> statement-breakpoint
CREATE INDEX "command_service_requested" ON "command" USING btree ("service_id","requested_at");--> statement-breakpoint
CREATE INDEX "command_unsettled" ON "command" USING btree ("id") WHERE settled_at IS NULL;--> statement-breakpoint
CREATE INDEX "gap_host_from" ON "gap" USING btree ("host","from_at");--> statement-breakpoint
CREATE INDEX "log_chunk_request" ON "log_chunk" USING btree ("request_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "service_host_name" ON "service" USING btree ("host","name");--> statement-breakpoint
CREATE UNIQUE INDEX "transition_service_seq" ON "transition" USING btree ("service_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "transition_service_source_key" ON "transition" USING btree ("service_id","source_key");--> statement-breakpoint
CREATE INDEX "transition_at" ON "transition" USING btree ("at","id");