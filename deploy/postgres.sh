#!/bin/sh
# Makes the app's own user when the database is made. It owns what it migrates; the audit is refused changes by a trigger.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$APP_PASSWORD" --username postgres --dbname front_door <<-'SQL'
	create user app with password :'password';
	grant create on database front_door to app;
	grant create on schema public to app;
SQL
