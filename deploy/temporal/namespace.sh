#!/bin/sh
# Makes the namespace and its search attributes (workflows/search-attributes.ts; a test compares). Harmless to repeat.
set -eu

# Finished applications stay to look at for more than a school year; what must be kept longer is in kintone.
retention=400d

attempt=0
until temporal operator cluster health; do
  attempt=$((attempt + 1))
  if [ "$attempt" -ge 30 ]; then
    echo 'Temporal did not become healthy' >&2
    exit 1
  fi
  sleep 2
done

if temporal operator namespace describe -n gakudo >/dev/null 2>&1; then
  temporal operator namespace update -n gakudo --retention "$retention"
else
  temporal operator namespace create -n gakudo --retention "$retention"
fi

# A new namespace is known to all parts of the server after some seconds.
attempt=0
until existing=$(temporal operator search-attribute list -n gakudo); do
  attempt=$((attempt + 1))
  [ "$attempt" -lt 30 ] || exit 1
  sleep 2
done

attribute() {
  if ! echo "$existing" | grep -qw "$1"; then
    temporal operator search-attribute create -n gakudo --name "$1" --type "$2"
  fi
}

attribute ReceiptNumber Keyword
attribute Procedure Keyword
attribute Stage Keyword
attribute Bop Keyword
attribute Deadline Datetime
