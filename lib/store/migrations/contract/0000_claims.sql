LOCK TABLE "submissions" IN ACCESS EXCLUSIVE MODE;--> statement-breakpoint
-- Submissions that the version before left without a claim. The index allows one for each phone: it has the phone.
INSERT INTO "claims" ("hash", "draft_id", "until")
SELECT "phone_hash", "draft_id", CASE "state"
	WHEN 'received' THEN greatest("lease_until", "updated_at" + interval '30 seconds')
	WHEN 'sending' THEN greatest("lease_until", "updated_at") + interval '1 hour'
	ELSE coalesce("ambiguous_since", "updated_at") + interval '1 hour' END
FROM "submissions"
WHERE "phone_hash" IS NOT NULL AND "holds_phone" AND "state" IN ('received', 'sending', 'ambiguous', 'reconciling', 'parked')
ON CONFLICT ("hash") DO UPDATE SET "draft_id" = excluded."draft_id", "until" = excluded."until"
WHERE "claims"."draft_id" <> excluded."draft_id";--> statement-breakpoint
DROP INDEX IF EXISTS "submissions_phone_held";
