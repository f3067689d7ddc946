CREATE TABLE "agent_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"shop" text NOT NULL,
	"is_shared" boolean NOT NULL,
	"sealed_id_token" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"sequence" integer PRIMARY KEY NOT NULL,
	"entry" jsonb NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"shop" text NOT NULL,
	"agent" text NOT NULL,
	"sealed" text NOT NULL,
	"phone_hash" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "agent_sessions_subject" ON "agent_sessions" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "agent_sessions_seen" ON "agent_sessions" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "cases_shop" ON "cases" USING btree ("shop","state","updated_at");--> statement-breakpoint
CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit is only added to'; END $$;--> statement-breakpoint
CREATE TRIGGER audit_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to();--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "audit" FROM PUBLIC, CURRENT_USER;
