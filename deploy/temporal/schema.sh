#!/bin/sh
# Brings Temporal's schema up to the server's version; harmless to repeat. The password comes in SQL_PASSWORD.
set -eu

schema() {
  database=$1
  folder=$2
  tool="temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u temporal --db $database"
  # Fails where the version tables are there already; the update after it tells whether they really are.
  $tool setup-schema -v 0.0 || echo "$database: version tables are there"
  $tool update-schema -d "/etc/temporal/schema/postgresql/v12/$folder/versioned"
}

schema temporal temporal
schema temporal_visibility visibility
