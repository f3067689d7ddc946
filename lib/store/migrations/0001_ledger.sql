CREATE TABLE "submission_events" (
	"submission_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"state" text NOT NULL,
	"attempt" integer NOT NULL,
	"fence" integer NOT NULL,
	"actor" text NOT NULL,
	"cause" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "submission_events_submission_id_sequence_pk" PRIMARY KEY("submission_id","sequence")
);
--> statement-breakpoint
DROP INDEX "submissions_one_live";--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "phone_hash" text;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "email_hash" text;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "sealed_payload" text;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "sendable_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "precheck" text;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "attempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "fence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "lease_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "ambiguous_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "looks" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "reconciled" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "link_expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "transitions" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_one_per_phone" ON "submissions" USING btree ("phone_hash") WHERE state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_one_per_email" ON "submissions" USING btree ("email_hash") WHERE state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked', 'unknown');--> statement-breakpoint
CREATE INDEX "submissions_due" ON "submissions" USING btree ("lease_until") WHERE state in ('sending', 'ambiguous', 'reconciling');--> statement-breakpoint
CREATE INDEX "submissions_parked" ON "submissions" USING btree ("updated_at") WHERE state = 'parked';--> statement-breakpoint
CREATE INDEX "submissions_links" ON "submissions" USING btree ("link_expires_at") WHERE sealed_link is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_one_live" ON "submissions" USING btree ("draft_id") WHERE state in ('received', 'sending', 'succeeded', 'ambiguous', 'reconciling', 'parked', 'unknown');--> statement-breakpoint
UPDATE "submissions" SET "state" = 'parked' WHERE "state" = 'unknown';--> statement-breakpoint
DELETE FROM "submissions" WHERE "state" = 'not-sent';
