CREATE TABLE "handovers" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	"code_hash" text NOT NULL,
	"digits" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"device_hash" text,
	"opened_at" timestamp with time zone,
	"stopped_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "handovers_case" ON "handovers" USING btree ("case_id","created_at");--> statement-breakpoint
CREATE INDEX "handovers_code" ON "handovers" USING btree ("code_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "handovers_device" ON "handovers" USING btree ("device_hash");