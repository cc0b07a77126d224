"""Writes the logs of a made-up Claude Code that records its own requests: HOME SESSIONS STEPS [unrecorded].

Every step runs `make step-SESSION-STEP`; nothing of it comes from a real agent.
"""

import datetime
import hashlib
import json
import os
import sys

MODEL = "claude-opus-4-5"
SYSTEM = [{"type": "text", "text": "You are a coding agent. " + "Follow the rules. " * 800}]
TOOLS = [
    {
        "name": "Bash",
        "description": "Runs a command",
        "input_schema": {"type": "object", "properties": {"command": {"type": "string"}}, "required": ["command"]},
    }
]


def compact(value, **options):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, **options)


def digest(message):
    return hashlib.sha256(compact(message, sort_keys=True).encode()).hexdigest()


def tokens(step):
    return 4000 + 100 * (step + 1)


def write_session(folder, number, steps, records):
    name = f"0000{number:04d}-0000-4000-8000-000000000000"
    start = datetime.datetime(2026, 9, 1) + datetime.timedelta(hours=number)
    with open(f"{folder}/{name}.jsonl", "w", encoding="utf-8") as log:

        def line(kind, **fields):
            if kind.startswith("api-request") and not records:
                return
            log.write(compact({"type": kind, "sessionId": name, **fields}) + "\n")

        def turn(kind, uuid, parent, seconds, **fields):
            time = (start + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
            line(kind, uuid=uuid, parentUuid=parent, timestamp=time, cwd="/code/app", version="2.1.329", **fields)
            return uuid

        line("api-request-shape", shapeHash="shape", shape={"system": SYSTEM, "tools": TOOLS})
        new = {"role": "user", "content": f"task {number}: fix it"}
        parent = turn("user", f"p{number}", None, 0, message=new)
        messages, base = [], None
        for step in range(steps):
            line("api-request-blob", hash=digest(new), message=new)
            keep = max(0, len(messages) - 1)
            tail = [digest(message) for message in messages[keep:] + [new]]
            messages.append(new)
            request = f"req-{number}-{step}"
            line(
                "api-request",
                id=request,
                base=base,
                keep=keep,
                tail=tail,
                params={"model": MODEL, "max_tokens": 32000},
                shapeHash="shape",
                cacheControl=[{"path": ["system", 0], "value": {"type": "ephemeral"}}],
            )
            base = request
            use = {"type": "tool_use", "id": f"t{number}-{step}", "name": "Bash"}
            use["input"] = {"command": f"make step-{number}-{step}"}
            cached = tokens(step - 1) if step else 0
            usage = {"input_tokens": 3, "output_tokens": 60, "cache_read_input_tokens": cached}
            usage["cache_creation_input_tokens"] = tokens(step) - 3 - cached
            answer = {"id": f"msg_{number}_{step}", "type": "message", "role": "assistant", "model": MODEL}
            answer |= {"content": [use], "stop_reason": "tool_use", "usage": usage}
            ids = {"requestId": f"r{number}-{step}", "requestRef": request}
            parent = turn("assistant", f"a{number}-{step}", parent, step * 3 + 1, message=answer, **ids)
            messages.append({"role": "assistant", "content": [use]})
            result = {"tool_use_id": use["id"], "type": "tool_result", "content": f"done {step}"}
            new = {"role": "user", "content": [result]}
            parent = turn("user", f"u{number}-{step}", parent, step * 3 + 2, message=new)


def main():
    home, sessions, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    folder = f"{home}/.claude/projects/-work-app"
    os.makedirs(folder, exist_ok=True)
    for number in range(sessions):
        write_session(folder, number, steps, "unrecorded" not in sys.argv)


main()
