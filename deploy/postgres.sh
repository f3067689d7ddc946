#!/bin/sh
# Creates two roles with the database: the owner migrates, the app reads and writes rows (`npm run migrate` grants that).
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" --username postgres --dbname front_door <<-'SQL'
	create role owner login password :'owner';
	create role app login password :'app';
	alter role app set statement_timeout = '1400ms';
	alter database front_door owner to owner;
	revoke all on database front_door from public;
	grant connect on database front_door to owner, app;
SQL
