ALTER TABLE "notification" ADD COLUMN "alert_id" text;--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "delivery_id" text;--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "stands_aside" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "notification_alert" ON "notification" USING btree ("alert_id","channel");--> statement-breakpoint
CREATE INDEX "notification_sent" ON "notification" USING btree ("channel","sent_at") WHERE status = 'sent';