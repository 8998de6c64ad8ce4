#!/usr/bin/env bash
# A Chromium for the tests of the page: Debian's. Root installs it; others are told the one line to run.
set -euo pipefail
for browser in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser; do
  if [ -n "$browser" ] && [ -x "$browser" ]; then exit 0; fi
done
if [ "$(id -u)" = 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium > /dev/null
else
  echo "the tests of the page need Chromium; run: sudo apt-get install -y chromium" >&2
  exit 2
fi
