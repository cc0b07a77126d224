#!/usr/bin/env python3
"""Checks that requests built again from Claude Code's log are those that went over the wire, to the byte.

Installs Claude Code (bundled with claude-agent-sdk) from PyPI into .build and runs it in a network namespace of its own,
with a scratch home, no hooks and no MCP servers, before a loopback server that answers from a script and keeps every
body. Then `RecordedAgentTests` builds each request again from the log alone and compares. The recording holds the
agent's own prompts: it lies in a temporary folder and is removed.

    Scripts/check-request-rebuild.py [--keep FOLDER]
"""

import argparse
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

from agent_binaries import ROOT, claude_code

# What the model of the script does, reply by reply; each is a list of content blocks.
THOUGHT = {"type": "thinking", "thinking": "Look first – then \"act\".", "signature": "c2lnbmF0dXJl"}


def text(words):
    return {"type": "text", "text": words}


def use(number, tool, **arguments):
    return {"type": "tool_use", "id": f"toolu_{number:02d}", "name": tool, "input": arguments}


def script(project):
    """Two prompts: one with looks, a change, an error, two calls at once and a subagent; one that goes on."""
    readme, code = f"{project}/README.md", f"{project}/app.py"
    return {
        "mend": [
            [THOUGHT, text("I shall look."), use(1, "Bash", command=f"cd {project} && ls", description="List")],
            [use(2, "Read", file_path=readme), use(3, "Read", file_path=code)],
            [use(4, "Edit", file_path=code, old_string="print('a/b')", new_string="print('ü \u2028 <&> \\n')  ")],
            [use(5, "Bash", command="false", timeout="5000")],
            [use(6, "Agent", subagent_type="general-purpose", description="count", prompt="subtask: count lines")],
            [text("Mended.")],
        ],
        "subtask": [[use(20, "Bash", command="wc -l app.py")], [text("One line.")]],
        "again": [[use(30, "Write", file_path=f"{project}/new.md", content="# New \n")], [text("Done.")]],
    }


class Provider(http.server.BaseHTTPRequestHandler):
    """Answers from the script, as a stream, and keeps what it was asked."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer(404, "application/json", b'{"type":"error","error":{"type":"not_found_error","message":"none"}}')

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        server = self.server
        if not self.path.startswith("/v1/messages") or "count_tokens" in self.path:
            return self.do_GET()
        with server.lock:
            number = server.number = server.number + 1
            blocks = server.reply(json.loads(body))
            identity = f"msg_{number:03d}"
            (server.folder / "wire" / f"{identity}.json").write_bytes(body)
        self.answer(200, "text/event-stream", stream(identity, json.loads(body)["model"], blocks))

    def answer(self, status, kind, content):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def stream(identity, model, blocks):
    """A reply as the Messages API streams it."""
    calls = any(block["type"] == "tool_use" for block in blocks)
    usage = {"input_tokens": 10, "output_tokens": 20, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 0}
    start = {"id": identity, "type": "message", "role": "assistant", "model": model, "content": []}
    start |= {"stop_reason": None, "stop_sequence": None, "usage": usage}
    events = [{"type": "message_start", "message": start}]
    for index, block in enumerate(blocks):
        kind = block["type"]
        if kind == "thinking":
            empty, deltas = {"type": kind, "thinking": "", "signature": ""}, [
                {"type": "thinking_delta", "thinking": block["thinking"]},
                {"type": "signature_delta", "signature": block["signature"]},
            ]
        elif kind == "text":
            empty, deltas = {"type": kind, "text": ""}, [{"type": "text_delta", "text": block["text"]}]
        else:
            partial = json.dumps(block["input"], ensure_ascii=False)
            empty, deltas = block | {"input": {}}, [{"type": "input_json_delta", "partial_json": partial}]
        events.append({"type": "content_block_start", "index": index, "content_block": empty})
        events += [{"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas]
        events.append({"type": "content_block_stop", "index": index})
    ending = {"stop_reason": "tool_use" if calls else "end_turn", "stop_sequence": None}
    events += [{"type": "message_delta", "delta": ending, "usage": {"output_tokens": 20}}, {"type": "message_stop"}]
    return "".join(f"event: {e['type']}\ndata: {json.dumps(e, ensure_ascii=False)}\n\n" for e in events).encode()


def record(folder, claude):
    """Runs the agent before the provider; only loopback exists here."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    project = folder / "home" / "project"
    project.mkdir(parents=True)
    (folder / "wire").mkdir()
    (project / "README.md").write_text("# A project\n\nWith \"quotes\" and a / slash.\n")
    (project / "app.py").write_text("print('a/b')\n")
    replies = script(str(project))
    done = {name: 0 for name in replies}

    def reply(body):
        asked = json.dumps(body["messages"][-1:] if not body.get("tools") else body["messages"])
        if not body.get("tools"):
            return [text("A title")]
        name = "again" if "again" in asked else "subtask" if '"subtask: ' in asked and "mend it" not in asked else "mend"
        place, done[name] = done[name], done[name] + 1
        return replies[name][place] if place < len(replies[name]) else [text("Nothing is left.")]

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.folder, server.reply, server.number, server.lock = folder, reply, 0, threading.Lock()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{server.server_port}",
        "ANTHROPIC_API_KEY": "sk-ant-none",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
    }
    options = ["--model", "claude-opus-4-5", "--settings", '{"disableAllHooks":true}', "--strict-mcp-config"]
    options += ["--mcp-config", '{"mcpServers":{}}', "--allowedTools", "Bash", "Read", "Edit", "Write", "Agent"]
    for more, prompt in ([], "mend it"), (["--continue"], "and again"):
        run = subprocess.run(
            [claude, "-p", *more, *options, "--", prompt],
            cwd=project, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240,
        )
        print(f"the agent said: {run.stdout.strip()[:200]} {run.stderr.strip()[:500]}", file=sys.stderr)
        if run.returncode != 0:
            sys.exit(f"the agent ended with {run.returncode}")
    server.shutdown()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=pathlib.Path, help="record into this folder and leave it")
    parser.add_argument("--inside", nargs=2, metavar=("FOLDER", "CLAUDE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return record(pathlib.Path(options.inside[0]), options.inside[1])
    claude = claude_code()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        inside = ["unshare", "--map-root-user", "--net", sys.executable, __file__, "--inside", folder, claude]
        subprocess.run(inside, check=True)
        print(f"{len(list((folder / 'wire').iterdir()))} requests were recorded", file=sys.stderr)
        sys.exit(
            subprocess.run(
                ["swift", "test", "--filter", "RecordedAgentTests"],
                cwd=ROOT, env=os.environ | {"SUFFICE_RECORDING": str(folder.resolve())},
            ).returncode
        )


main()
