# shellcheck shell=bash
# Shared by the benchmarks in this folder: sourced, never run. Servers listen on loopback only, on ports that were free,
# and end with the benchmark. Each benchmark prints its last line with `result`: docs/performance.md tells what it means.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PATH:/usr/sbin
for program in wrk nginx curl node; do
  command -v "$program" >/dev/null || { echo "${0##*/}: $program is not installed (scripts/setup bench)" >&2; exit 2; }
done

work=$(mktemp -d)
started=()
finish() {
  [ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap finish EXIT

# stop PID: and let it end, so that its data is free again.
stop() {
  kill "$1"
  wait "$1" || true
  local kept=() pid
  for pid in "${started[@]}"; do [ "$pid" = "$1" ] || kept+=("$pid"); done
  started=("${kept[@]}")
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

# await COMMAND…: until it succeeds, for a minute.
await() {
  for _ in $(seq 600); do
    if "$@"; then return; fi
    sleep 0.1
  done
  echo "${0##*/}: the server did not start" >&2
  return 1
}

# start_nginx FOLDER: nginx as a server of files, with a file's .gz for those who take it; sets nginx_port, nginx_workers.
start_nginx() {
  nginx_port=$(free_port)
  cat > "$work/nginx.conf" <<CONF
worker_processes 2;
daemon off;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  open_file_cache max=16;  # what is fastest for nginx, and nearest to what Polder does: the file stays open
  keepalive_requests 1000000000;
  default_type "text/html; charset=utf-8";
  gzip_static on;
  client_body_temp_path $work/body;
  proxy_temp_path $work/proxy;
  fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi;
  scgi_temp_path $work/scgi;
  server { listen 127.0.0.1:$nginx_port; root $1; }
}
CONF
  chmod -R a+rX "$work"
  nginx -e "$work/error.log" -c "$work/nginx.conf" &
  local pid=$!
  started+=("$pid")
  await curl -s -o "$work/none" "http://127.0.0.1:$nginx_port/"
  await pgrep -P "$pid" > "$work/workers"
  nginx_workers=$(cat "$work/workers")
}

# The data that the benchmarks share: a demonstration with 100,000 responses, made once for each form of the database,
# and each week, because a demonstration's consultation closes after three.
responses=100000
data=build/bench/data-$(date +%G-%V)-$(cat src/*/migrations/*.sql src/*/*/migrations/*.sql | sha256sum | head -c 12)
make_data() {
  [ -d "$data" ] && return
  echo "making $responses responses in $data"
  rm -rf build/bench/data-* build/bench/making
  build/polder demo --data build/bench/making --seed 1 --responses "$responses"
  mv build/bench/making "$data"
}

# announced FILE: waits for the line with the address that a server prints; answers it, without the slash at its end.
announced() {
  await grep -qE 'http://[0-9.:]+/?$' "$1"
  sed -nE 's/.*(http:\/\/[0-9.:]+)\/?$/\1/p' "$1" | head -1
}

# start_polder [OPTION…]: `polder serve` on the shared data; sets polder_pid and polder_url.
start_polder() {
  make_data
  build/polder serve --data "$data" --listen 127.0.0.1:0 "$@" > "$work/polder" &
  polder_pid=$!
  started+=("$polder_pid")
  polder_url=$(announced "$work/polder")
}

# The consultation that nearly all of them are for, as the demonstration names it; most of its cost is in its page.
page=/delta/consultations/who-may-pump-ground-water-in-a-dry-summer

# User and system time in ticks (proc(5), fields 14 and 15).
ticks() { for pid in "$@"; do sed 's/.*) //' "/proc/$pid/stat"; done | awk '{ sum += $12 + $13 } END { print sum }'; }

# cpu_a_request SECONDS CODING URL PID…: microseconds of CPU that these processes spend on a request, 64 connections.
cpu_a_request() {
  local seconds=$1 coding=$2 url=$3 before after answer
  shift 3
  before=$(ticks "$@")
  answer=$(wrk -t1 -c64 -d "${seconds}s" -H "Accept-Encoding: $coding" "$url")
  after=$(ticks "$@")
  if grep -q 'Non-2xx\|Socket errors' <<<"$answer"; then echo "$answer" >&2; return 1; fi
  awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" '/requests in/ { printf "%.2f\n", t / hz * 1e6 / $1 }' <<<"$answer"
}

median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# Of memory, in MB (proc(5)): what is there now, its share of what others use too, and the most there ever was.
resident() { awk '/^VmRSS:/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }
memory() {
  awk '/^VmRSS:/ { r = $2 } /^VmHWM:/ { m = $2 } /^Pss:/ { p = $2 }
    END { printf "%.0f MB resident (%.0f MB proportional, %.0f MB at most)", r / 1024, p / 1024, m / 1024 }' \
    "/proc/$1/status" "/proc/$1/smaps_rollup"
}

# quotient A B
quotient() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# result WORDS FIGURE at-most|at-least LIMIT: the last words of a benchmark. A limit that is missed is said, and fails
# nothing: other work on the machine must not turn a build red.
result() {
  local verdict=held
  awk -v a="$2" -v how="$3" -v b="$4" 'BEGIN { exit !(how == "at-most" ? a <= b : a >= b) }' || verdict=MISSED
  echo "${0##*/}: $1: $2, ${3/-/ } $4: $verdict"
}
