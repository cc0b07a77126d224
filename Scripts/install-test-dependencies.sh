#!/bin/sh
# Installs what the tests start: Python with virtual environments, curl, openssl and, where Debian has it, a browser.
set -eu

missing=""
python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || missing="$missing python3 python3-venv"
command -v curl >/dev/null 2>&1 || missing="$missing curl"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
if command -v apt-get >/dev/null 2>&1; then
    command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
fi
[ -z "$missing" ] && exit 0

as_root=""
[ "$(id -u)" -eq 0 ] || as_root=sudo
if command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing, which the tests need"
    $as_root apt-get update -q
    # shellcheck disable=SC2086
    $as_root apt-get install -y -q $missing
else
    echo "install$missing and run this again" >&2
    exit 1
fi
