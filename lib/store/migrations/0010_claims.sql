CREATE TABLE "claims" (
	"hash" text PRIMARY KEY NOT NULL,
	"draft_id" text NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "submissions" ALTER COLUMN "id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "submission_events" ADD COLUMN "draft_id" text;--> statement-breakpoint
CREATE INDEX "claims_until" ON "claims" USING btree ("until");