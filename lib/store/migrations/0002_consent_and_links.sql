CREATE TABLE "used_links" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "consent" jsonb;--> statement-breakpoint
CREATE INDEX "used_links_expires_at" ON "used_links" USING btree ("expires_at");