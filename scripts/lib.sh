# shellcheck shell=bash
# Shared by the programs in scripts/: sourced, never run. Leaves the shell in the repository's root, whatever folder the
# person stood in, and offers the few words that more than one of them needs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# as_root COMMAND…: without a terminal nobody can type a password, so sudo must not ask for one.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif ! command -v sudo >/dev/null; then
    fail "needs root: run it as root, or install sudo"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

# step COMMAND…: runs it so that a signal to this script reaches it. Bash by itself would wait for its child to end, or
# leave it behind as an orphan.
step() {
  "$@" </dev/null &
  local child=$! status=0
  trap 'kill -TERM $child 2>/dev/null; wait $child; exit 143' TERM
  trap 'kill -TERM $child 2>/dev/null; wait $child; exit 130' INT
  wait "$child" || status=$?
  trap - TERM INT
  return "$status"
}

# Compilations at once: one a core, and no more than memory holds (a file with Boost in it can take a gigabyte).
at_once() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}
