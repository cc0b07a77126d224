#!/bin/sh
# Installs what Swift does not bring: the headers of SQLite and zlib on Linux (macOS has them in the Xcode tools).
set -eu

if ! command -v swift >/dev/null 2>&1; then
    echo "Swift 6.3 or later is needed: https://www.swift.org/install" >&2
    exit 1
fi
if [ "$(uname)" = Darwin ]; then
    xcrun --show-sdk-path >/dev/null 2>&1 || { echo "run xcode-select --install, then this again" >&2; exit 1; }
    exit 0
fi
[ -e /usr/include/sqlite3.h ] && [ -e /usr/include/zlib.h ] && exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "install the development files of SQLite and zlib (libsqlite3-dev, zlib1g-dev) and run this again" >&2; exit 1; }
    as_root=sudo
fi
if command -v apt-get >/dev/null 2>&1; then
    echo "Installing libsqlite3-dev and zlib1g-dev, which the build needs"
    $as_root apt-get update -q
    $as_root apt-get install -y -q libsqlite3-dev zlib1g-dev
elif command -v dnf >/dev/null 2>&1; then
    echo "Installing sqlite-devel and zlib-devel, which the build needs"
    $as_root dnf install -y sqlite-devel zlib-devel
elif command -v brew >/dev/null 2>&1; then
    echo "Installing sqlite and zlib, which the build needs"
    brew install sqlite zlib
else
    echo "install the development files of SQLite and zlib (sqlite3.h, zlib.h) and run this again" >&2
    exit 1
fi
