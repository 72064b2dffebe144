#!/usr/bin/env bash
# Start, memory and requests per second of the published site, beside a bare Kestrel that returns the same bytes, in one run.
# Cached: what anonymous visitors get. Uncached: the same page or query, made anew for each request.
# With the argument api: only two uncached GraphQL queries, on the seeded site and 2,000 news posts more.
# Needs wrk and curl. Listens on 127.0.0.1 only and ends what it started.
#   load.sh [api] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
only=all; if [ "${1:-}" = api ]; then only=api; shift; fi
seconds=${1:-8}
work=$(mktemp -d); running=()
trap 'for pid in "${running[@]}"; do kill "$pid" 2>/dev/null || true; done; wait; rm -rf "$work"' EXIT
dotnet publish src/Cms.Web -c Release --use-current-runtime --self-contained false -v quiet -nologo -o "$work/site"
dotnet build tests/Cms.Benchmarks -c Release -v quiet -nologo
site=http://127.0.0.1:${CMS_LOAD_PORT:-5181} bare=http://127.0.0.1:$((${CMS_LOAD_PORT:-5181} + 1))
query='{ event(where: {localization: {culture: \"sr-latn\"}}, orderBy: {start: ASC}, first: 20) { displayText start organiser path } }'

# start URL COMMAND...: leaves its process in $pid and the milliseconds to its first 200 in $took
start() {
  local url=$1 began; shift; began=$(date +%s%N)
  "$@" >>"$work/log" 2>&1 & pid=$!; running+=("$pid")
  until curl -sf -o /dev/null "$url"; do kill -0 "$pid" 2>/dev/null || { cat "$work/log"; exit 1; }; sleep 0.01; done
  took=$(( ($(date +%s%N) - began) / 1000000 ))
}
stop() { kill "$1"; wait "$1" 2>/dev/null || true; }
run_site() { cd "$work/site"; exec env Urls=$site Logging__LogLevel__Default=Warning "$@" ./Cms.Web; }
resident() { awk -v when="$1" '/VmRSS/ { printf "resident %s: %d MB\n", when, $2 / 1024 }' "/proc/$2/status"; }
rps() { wrk -t1 -c16 -d"${seconds}s" "$@" | awk '/Requests\/sec/ { print $2 } /Non-2xx/ { print "0"; exit 1 }'; }

# compare NAME FILE TYPE URL [WRK-ARGUMENTS]
compare() {
  local name=$1 file=$2 type=$3 url=$4 ours theirs; shift 4
  start $bare dotnet tests/Cms.Benchmarks/bin/Release/net10.0/Cms.Benchmarks.dll baseline "$file" "$type" $bare
  local baseline=$pid
  for target in "$url" "$bare/"; do wrk -t1 -c16 -d15s "$@" "$target" >/dev/null; done
  # In turns, because a machine is not equally fast all the time; the median of each.
  for _ in 1 2 3; do rps "$@" "$url" >>"$work/ours"; rps "$@" $bare/ >>"$work/theirs"; done
  ours=$(sort -n "$work/ours" | sed -n 2p); theirs=$(sort -n "$work/theirs" | sed -n 2p); rm "$work/ours" "$work/theirs"
  awk -v n="$name" -v o="$ours" -v t="$theirs" 'BEGIN { printf "%s: %d requests/s, bare Kestrel %d, ratio %.3f\n", n, o, t, o / t }'
  stop "$baseline"
}
measure() {
  compare "home page, $1" "$work/home" "text/html; charset=utf-8" $site/en
  compare "GraphQL, Serbian events, $1" "$work/graphql" application/json $site/api/graphql -s "$work/graphql.lua"
}

# measure_query NAME QUERY
measure_query() {
  local body="{\"query\":\"${2//\"/\\\"}\"}"
  printf 'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = [[%s]]\n' "$body" >"$work/query.lua"
  curl -sf -H 'Content-Type: application/json' -d "$body" $site/api/graphql >"$work/query"
  compare "$1, $(wc -c <"$work/query") bytes" "$work/query" application/json $site/api/graphql -s "$work/query.lua"
}
measure_api() {
  dotnet tests/Cms.Benchmarks/bin/Release/net10.0/Cms.Benchmarks.dll posts 2000 "$work/posts.json"
  start $site/en run_site; stop "$pid"
  (cd "$work/site" && Logging__LogLevel__Default=Warning ./Cms.Web recipe run "$work/posts.json" >/dev/null)
  start $site/en run_site Cms__OutputCache=false; server=$pid
  measure_query "list of 20 with 6 fields, filtered and sorted" \
    '{ newsPost(where: {localization: {culture: "en"}, topic: "citizens"}, orderBy: {date: DESC}, first: 20) { contentItemId displayText date topic summary path } }'
  measure_query "one item by its path, with its body" \
    '{ newsPost(where: {path: "en/news/report-1000"}) { contentItemId displayText date summary path htmlBody { html } } }'
  resident "after the load" "$server"
}

if [ $only = api ]; then measure_api; exit; fi
start $site/en run_site; echo "first start, with setup: $took ms"; stop "$pid"
start $site/en run_site; echo "start of the seeded site to its first 200: $took ms"; server=$pid
sleep 5; resident "idle" "$server"
curl -sf $site/en >"$work/home"
curl -sf -H 'Content-Type: application/json' -d "{\"query\":\"$query\"}" $site/api/graphql >"$work/graphql"
cat >"$work/graphql.lua" <<L
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [[{"query":"$query"}]]
L
measure cached; resident "after the load" "$server"; stop "$server"
start $site/en run_site Cms__OutputCache=false; server=$pid
measure uncached; resident "after the load" "$server"
