#!/usr/bin/env bash
# Runs all tests. On Debian it installs what they need; elsewhere it says what it skips.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1

if [ ! -x /usr/bin/chromium ] && [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi
[ -x /usr/bin/chromium ] || echo "No Chromium here: the browser tests are skipped. On Debian run this as root, or install the package chromium."

# PostgreSQL: a throw-away server on this machine only, run by a user who is not root, and stopped at the end.
if [ -z "${CMS_TEST_POSTGRES:-}" ] && [ ! -d /usr/lib/postgresql ] && [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi
server=""
as_postgres=(env); [ "$(id -u)" != 0 ] || as_postgres=(setpriv --reuid postgres --regid postgres --clear-groups --)
stop_server() { [ -z "$server" ] || { kill -INT "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$cluster"; }; }
trap stop_server EXIT
binaries=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
if [ -z "${CMS_TEST_POSTGRES:-}" ] && [ -n "$binaries" ]; then
  cluster=$(mktemp -d); port=$((20000 + RANDOM % 20000))
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  [ "$(id -u)" != 0 ] || chown postgres "$cluster"
  (cd "$cluster" && "${as_postgres[@]}" "$binaries/initdb" -D "$cluster/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null)
  cd "$cluster"
  "${as_postgres[@]}" "$binaries/postgres" -D "$cluster/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 >"$cluster/log" 2>&1 &
  server=$!
  cd - >/dev/null
  for _ in $(seq 100); do "$binaries/pg_isready" -q -h 127.0.0.1 -p "$port" && break; sleep 0.1; done
  export CMS_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
fi
[ -n "${CMS_TEST_POSTGRES:-}" ] || echo "No PostgreSQL here: its tests are skipped. On Debian run this as root, or install the package postgresql."

dotnet build Cms.sln -v quiet
passed=0 failed=0 skipped=0 status=0
failures=$(mktemp)
for project in Cms.Tests Cms.SiteTests Cms.BrowserTests; do
  [ -n "$(find "tests/$project" -maxdepth 2 -name '*Tests.cs' -print -quit)" ] || continue
  log=$(mktemp)
  dotnet run --no-build --project "tests/$project" -- -noLogo -noColor 2>&1 | tee "$log" || status=1
  read -r ran bad left < <(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log" \
    | tail -1 | awk '{ print $1 - $4 - $3, $2 + $3, $4 }') || { ran=0 bad=1 left=0; }
  grep -A 4 -F '[FAIL]' "$log" >>"$failures" || true
  passed=$((passed + ran)) failed=$((failed + bad)) skipped=$((skipped + left))
  rm -f "$log"
done
cat "$failures"; rm -f "$failures"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" = 0 ] && [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
