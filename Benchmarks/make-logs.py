#!/usr/bin/env python3
"""Copies a home folder's Claude Code logs under new ids until there are enough of them to time.

usage: make-logs.py SOURCE_HOME TARGET_HOME [MEGABYTES]

Each copy gets its own response, request, tool and session ids, so that none is a duplicate of another.
"""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1]) / ".claude" / "projects"
target = pathlib.Path(sys.argv[2]) / ".claude" / "projects"
wanted = int(sys.argv[3] if len(sys.argv) > 3 else 600) * 1_000_000

IDS = re.compile(rb"\b((?:msg|req|toolu|agent)_[0-9A-Za-z_]{8,})([0-9A-Za-z]{2})\b")
UUIDS = re.compile(rb"\b([0-9a-f]{6})([0-9a-f]{2})(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b")

files = sorted(path for path in source.rglob("*.jsonl") if path.stat().st_size > 0)
if not files:
    sys.exit(f"there are no logs below {source}")
written, copy = 0, 0
while written < wanted:
    mark = b"%02x" % copy

    def renamed(data: bytes) -> bytes:
        return UUIDS.sub(rb"\g<1>" + mark + rb"\g<3>", IDS.sub(rb"\g<1>" + mark, data))

    for path in files:
        relative = renamed(str(path.relative_to(source)).encode()).decode()
        # Sessions that are not named by a UUID would collide by their file names only: their ids are in the lines.
        place = target / f"copy-{copy}" / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        data = renamed(path.read_bytes())
        place.write_bytes(data)
        written += len(data)
    copy += 1
print(f"{written / 1e6:.0f} MB in {copy * len(files)} files below {target}")
