CREATE TABLE "handover_devices" (
	"id" text PRIMARY KEY NOT NULL,
	"handover_id" text NOT NULL,
	"digits" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "required_keys" (
	"purpose" text NOT NULL,
	"id" text NOT NULL,
	"fingerprint" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "required_keys_purpose_id_pk" PRIMARY KEY("purpose","id")
);
--> statement-breakpoint
DROP INDEX "submissions_one_per_phone";--> statement-breakpoint
DROP INDEX "submissions_one_per_email";--> statement-breakpoint
ALTER TABLE "handovers" ALTER COLUMN "digits" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "agent_sessions" ADD COLUMN "locked_form_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "holds_phone" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "handover_devices_digits" ON "handover_devices" USING btree ("handover_id","digits");--> statement-breakpoint
CREATE INDEX "handover_devices_expires_at" ON "handover_devices" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "agent_sessions_created" ON "agent_sessions" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "cases_updated" ON "cases" USING btree ("state","updated_at");--> statement-breakpoint
CREATE INDEX "handovers_expires_at" ON "handovers" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "limits_expire" ON "limits" USING btree ("expire");--> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS "submissions_phone_held" ON "submissions" USING btree ("phone_hash") WHERE holds_phone and state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked', 'unknown');--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "submissions_payloads" ON "submissions" USING btree ("updated_at") WHERE sealed_payload is not null;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "submissions_hashes" ON "submissions" USING btree ("created_at") WHERE phone_hash is not null or email_hash is not null;