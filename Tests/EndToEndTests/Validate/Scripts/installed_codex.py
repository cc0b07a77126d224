#!/usr/bin/env python3
"""Stands in for an installed Codex: says its version, or asks its model once, as `codex exec` does."""

import json
import os
import pathlib
import re
import sys
import urllib.request

if "--version" in sys.argv:
    print("codex-cli 0.142.4")
    sys.exit()
start = {"home": os.environ["HOME"], "arguments": sys.argv[1:], "folder": os.getcwd(), "key": os.environ["SUFFICE_NO_KEY"]}
pathlib.Path(__file__).with_name("started.json").write_text(json.dumps(start))
address = re.search(r'base_url="([^"]+)"', " ".join(sys.argv))[1]
parameters = {"type": "object", "properties": {"cmd": {"type": "string"}}, "required": ["cmd"]}
tools = [{"type": "function", "name": "exec_command", "parameters": parameters}, {"type": "web_search"}]
body = json.dumps({"model": "gpt-5.5", "input": [], "tools": tools}).encode()
try:
    # Whatever proxy it is given: the server is on this machine.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    direct.open(urllib.request.Request(address + "/responses", body, {"content-type": "application/json"}))
except OSError:
    sys.exit(1)
