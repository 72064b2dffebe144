#!/usr/bin/env bash
# Runs all tests. On Debian it installs what they need; elsewhere it says what it skips.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1

if [ ! -x /usr/bin/chromium ] && [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi
[ -x /usr/bin/chromium ] || echo "No Chromium here: the browser tests are skipped. On Debian run this as root, or install the package chromium."

dotnet build Cms.sln -v quiet
passed=0 failed=0 skipped=0 status=0
for project in Cms.Tests Cms.SiteTests Cms.BrowserTests; do
  [ -n "$(find "tests/$project" -maxdepth 2 -name '*Tests.cs' -print -quit)" ] || continue
  log=$(mktemp)
  dotnet run --no-build --project "tests/$project" -- -noLogo -noColor 2>&1 | tee "$log" || status=1
  read -r ran bad left < <(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log" \
    | tail -1 | awk '{ print $1 - $4 - $3, $2 + $3, $4 }') || { ran=0 bad=1 left=0; }
  passed=$((passed + ran)) failed=$((failed + bad)) skipped=$((skipped + left))
  rm -f "$log"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" = 0 ] && [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
