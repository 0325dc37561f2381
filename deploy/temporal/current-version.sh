#!/bin/sh
# Makes the version of the worker that has just been started the current one: from then on it gets the tasks of all
# applications, also of those that older versions began. Without this step a new worker waits and does nothing.
set -eu

attempt=0
# Until the new worker has asked for work the server does not know its version.
until temporal worker deployment set-current-version -n gakudo \
  --deployment-name "$WORKER_DEPLOYMENT_NAME" --build-id "$BUILD_ID" --yes; do
  attempt=$((attempt + 1))
  if [ "$attempt" -ge 60 ]; then
    echo "no worker of version $BUILD_ID asked for work" >&2
    exit 1
  fi
  sleep 2
done
