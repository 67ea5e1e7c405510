#!/bin/sh
# Read-only smoke check: both applications answer their health page with 200 while writes wait.
#
# The runner gives the addresses: BASCULE_SOURCE_URL and BASCULE_TARGET_URL.
# Exit 0 only when both were asked and both answered; without a way to ask them, exit 1: no evidence is not health.
set -eu

fail() {
    echo "smoke: $*" >&2
    exit 1
}

[ -n "${BASCULE_SOURCE_URL:-}" ] || fail "BASCULE_SOURCE_URL is not set"
[ -n "${BASCULE_TARGET_URL:-}" ] || fail "BASCULE_TARGET_URL is not set"

if command -v curl >/dev/null 2>&1; then
    ask() { curl --fail --silent --show-error --noproxy '*' --max-time 2 --output /dev/null "$1"; }
elif command -v wget >/dev/null 2>&1; then
    unset http_proxy https_proxy
    ask() { wget -q -T 2 -O /dev/null "$1"; }
else
    fail "neither curl nor wget is installed, so nothing could be checked"
fi

for side in "$BASCULE_SOURCE_URL" "$BASCULE_TARGET_URL"; do
    ask "${side%/}/health" || fail "${side%/}/health does not answer with 200"
    echo "smoke: ${side%/}/health answers"
done
