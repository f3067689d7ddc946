CREATE TABLE "drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"draft_id" text NOT NULL,
	"draft_version" integer NOT NULL,
	"state" text NOT NULL,
	"sealed_link" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "drafts_expires_at" ON "drafts" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_one_live" ON "submissions" USING btree ("draft_id") WHERE "submissions"."state" in ('sending', 'succeeded', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_one_per_version" ON "submissions" USING btree ("draft_id","draft_version") WHERE "submissions"."state" <> 'not-sent';--> statement-breakpoint
CREATE INDEX "submissions_draft" ON "submissions" USING btree ("draft_id","created_at");