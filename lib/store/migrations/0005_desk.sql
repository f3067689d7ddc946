CREATE TABLE "help_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"code_hash" text NOT NULL,
	"digits" text NOT NULL,
	"lang" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"agent" text,
	"shop" text,
	"case_id" uuid,
	"stopped_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "journey_events" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"journey" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"step" text,
	"fields" jsonb NOT NULL,
	"lang" text NOT NULL,
	"shop" text,
	"agent" text
);
--> statement-breakpoint
ALTER TABLE "agent_sessions" ADD COLUMN "locked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "agent_sessions" ADD COLUMN "locked_path" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "draft_id" text;--> statement-breakpoint
CREATE INDEX "help_requests_code" ON "help_requests" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "help_requests_expires_at" ON "help_requests" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "journey_events_at" ON "journey_events" USING btree ("at","sequence");--> statement-breakpoint
CREATE INDEX "audit_case" ON "audit" USING btree (("entry" ->> 'caseId'));--> statement-breakpoint
CREATE INDEX "cases_draft" ON "cases" USING btree ("draft_id");