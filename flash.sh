#!/usr/bin/env bash
# Puts the firmware on a board: from a clone to a cuff that starts. `./flash.sh --help` lists the options.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say_node() {
  echo "flash: Node 20.19 or newer is needed, $1." >&2
  echo "  Next: install it from https://nodejs.org (or with your package manager) and run ./flash.sh again." >&2
  exit 1
}

command -v node >/dev/null 2>&1 || say_node "there is none on this computer"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  say_node "this is $(node --version)"

if [ ! -d node_modules ]; then
  echo "Installing what the build needs (once, about a minute) ..."
  npm ci --no-audit --no-fund
fi

exec node tools/start.js tools/flash/flash.ts "$@"
