CREATE TABLE "partner_references" (
	"reference_hash" text NOT NULL,
	"draft_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "partner_references_reference_hash_draft_id_pk" PRIMARY KEY("reference_hash","draft_id")
);
--> statement-breakpoint
CREATE INDEX "partner_references_draft" ON "partner_references" USING btree ("draft_id");--> statement-breakpoint
CREATE INDEX "partner_references_created" ON "partner_references" USING btree ("created_at");