CREATE TABLE "database_identities" (
	"identity" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
