CREATE TABLE "audit_anchors" (
	"sequence" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"chain" text NOT NULL,
	"chain_sequence" integer NOT NULL,
	"chain_head" text NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"chain" text NOT NULL,
	"sequence" integer NOT NULL,
	"case_id" text,
	"at" timestamp with time zone NOT NULL,
	"entry" jsonb NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_entries_chain_sequence_pk" PRIMARY KEY("chain","sequence")
);
--> statement-breakpoint
CREATE INDEX "audit_anchors_chain" ON "audit_anchors" USING btree ("chain","chain_sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_case" ON "audit_entries" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("at");