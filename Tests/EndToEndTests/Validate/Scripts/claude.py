#!/usr/bin/env python3
"""Stands for an installed Claude Code: says its version, or asks what the real one asks first and ends.

What it was started with is noted beside it.
"""

import json
import os
import pathlib
import sys
import urllib.error
import urllib.request

if "--version" in sys.argv:
    print("2.1.329 (Claude Code)")
    sys.exit()
home = pathlib.Path(os.environ["HOME"])
(home / ".claude" / "projects").mkdir(parents=True)
(home / ".claude" / "projects" / "s.jsonl").write_text("{}")
facts = {"home": str(home), "arguments": sys.argv[1:], "folder": os.getcwd(), "key": os.environ["ANTHROPIC_API_KEY"]}
(pathlib.Path(__file__).parent / "started.json").write_text(json.dumps(facts))


def ask(**body):
    data = json.dumps({"model": "m", "max_tokens": 9, "messages": []} | body).encode()
    address = os.environ["ANTHROPIC_BASE_URL"] + "/v1/messages?beta=true"
    try:
        urllib.request.urlopen(urllib.request.Request(address, data, {"content-type": "application/json"}))
    except urllib.error.HTTPError:
        pass


# A title first, as the real one may; then the prompt.
ask(system="Name this session.")
tool = {"name": "Bash", "description": "Runs", "input_schema": {"type": "object"}}
ask(system=[{"type": "text", "text": f"You work in {os.getcwd()}."}], tools=[tool])
