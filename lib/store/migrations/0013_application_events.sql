CREATE TABLE "applications" (
	"draft_id" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"stalled_for" timestamp with time zone,
	"stalls" integer DEFAULT 0 NOT NULL,
	"resume_hash" text,
	"resume_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" text NOT NULL,
	"draft_id" text NOT NULL,
	"endpoint" text NOT NULL,
	"position" integer NOT NULL,
	"type" text NOT NULL,
	"submission_id" uuid,
	"decision" text,
	"stall" integer,
	"link_until" timestamp with time zone,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"retry_from" timestamp with time zone NOT NULL,
	"result" text,
	CONSTRAINT "webhook_events_id_draft_id_pk" PRIMARY KEY("id","draft_id")
);
--> statement-breakpoint
CREATE INDEX "applications_created_at" ON "applications" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "applications_resume" ON "applications" USING btree ("resume_hash");--> statement-breakpoint
CREATE INDEX "webhook_events_draft" ON "webhook_events" USING btree ("draft_id","endpoint","position");--> statement-breakpoint
CREATE INDEX "webhook_events_due" ON "webhook_events" USING btree ("endpoint","due_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_events_at" ON "webhook_events" USING btree ("at");