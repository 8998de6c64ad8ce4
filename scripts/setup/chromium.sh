#!/usr/bin/env bash
# A Chromium for the tests of the page, and what drives it for the tests of the boundary: Debian's. Root installs them; others
# are told the one line to run.
set -euo pipefail
is_there() {
  for program in "$@"; do
    if [ -n "$program" ] && [ -x "$program" ]; then return 0; fi
  done
  return 1
}
if is_there "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser &&
  is_there "${CHROMEDRIVER:-}" /usr/bin/chromedriver; then exit 0; fi
if [ "$(id -u)" = 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver > /dev/null
else
  echo "the tests in a browser need Chromium and its driver; run: sudo apt-get install -y chromium chromium-driver" >&2
  exit 2
fi
