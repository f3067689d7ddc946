LOCK TABLE "submission_events" IN ACCESS EXCLUSIVE MODE;--> statement-breakpoint
UPDATE "submission_events" SET "draft_id" = "submissions"."draft_id" FROM "submissions" WHERE "submissions"."id" = "submission_id" AND "submission_events"."draft_id" IS NULL;--> statement-breakpoint
-- An instance of the version before writes no draft: from here on it can keep nothing and send nothing.
ALTER TABLE "submission_events"
	ALTER COLUMN "draft_id" SET NOT NULL,
	DROP CONSTRAINT "submission_events_submission_id_sequence_pk",
	ADD CONSTRAINT "submission_events_pkey" PRIMARY KEY ("draft_id", "submission_id", "sequence");--> statement-breakpoint
ALTER TABLE "submissions"
	DROP CONSTRAINT "submissions_pkey",
	ADD CONSTRAINT "submissions_pkey" PRIMARY KEY ("draft_id", "id"),
	ADD COLUMN "live" text GENERATED ALWAYS AS (CASE WHEN "state" IN ('refused', 'expired') THEN "id"::text ELSE 'live' END) STORED;--> statement-breakpoint
CREATE INDEX "submissions_id" ON "submissions" USING btree ("id");--> statement-breakpoint
DROP INDEX "submissions_one_live";--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_one_live" ON "submissions" USING btree ("draft_id", "live");--> statement-breakpoint
DROP INDEX "submissions_one_per_version";--> statement-breakpoint
CREATE UNIQUE INDEX "submissions_one_per_version" ON "submissions" USING btree ("draft_id", "draft_version");
