#!/bin/sh
# Runs suffice on this machine's logs, or on the sample when there are none.
set -eu
binary=$1

for folder in "${CLAUDE_CONFIG_DIR:-$HOME/.claude}/projects" "${CODEX_HOME:-$HOME/.codex}/sessions" \
    "$HOME/.config/claude/projects" "$HOME/.copilot/session-state" "$HOME/.gemini/tmp" "$HOME/.pi/agent/sessions" \
    "$HOME/.qwen" "${XDG_DATA_HOME:-$HOME/.local/share}/opencode" "${XDG_DATA_HOME:-$HOME/.local/share}/amp/threads"; do
    if [ -d "$folder" ]; then
        exec "$binary"
    fi
done
echo "No agent has logged on this machine yet: this is the sample in Sample/home."
echo
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
HOME=$(cd "$(dirname "$0")/../Sample/home" && pwd) SUFFICE_DATA=$data "$binary" --since all
