#!/bin/sh
# Run once, when the data volume is empty: one user and its own databases for the application and for Temporal.
set -eu

psql -v ON_ERROR_STOP=1 --username postgres --dbname postgres \
  -v gakudo="$GAKUDO_DB_PASSWORD" -v temporal="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role gakudo login password :'gakudo';
create role temporal login password :'temporal';
create database gakudo owner gakudo;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke all on database gakudo from public;
revoke all on database temporal from public;
revoke all on database temporal_visibility from public;
SQL
