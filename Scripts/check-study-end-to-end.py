#!/usr/bin/env python3
"""Lets `suffice validate` study a real model that runs on this machine, from recording to verdict.

SmolLM2-135M on llama.cpp (`local_model.py`) answers behind a loopback server that speaks the Messages API. A made-up
agent with three tools works through tasks with it, through `suffice serve`, which keeps the requests; the agent logs as
Claude Code does. Then its steps are asked again of two candidates at one temperature:

- the same model under another name, which must be supported, killed with -9 in the middle and gone on with;
- one that answers with valid calls at random, which must be contradicted.

    Scripts/check-study-end-to-end.py [BINARY] [--keep FOLDER]      # default .build/release/suffice; `make e2e`

Nothing but the installation leaves the machine. It prints what was said and what came of it.
"""

import argparse
import contextlib
import datetime
import http.server
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import local_model

ROOT = pathlib.Path(__file__).resolve().parent.parent
RECORDED, SAME, RANDOM = "smollm2-135m", "smollm2-135m-again", "smollm2-random"
SESSIONS, STEPS, TEMPERATURE = 24, 6, 0.2
MODULES = ["parser", "lexer", "router", "cache", "store", "queue", "mailer", "billing"]
TASKS = ["The test of the {0} fails. Find out why.", "Where does the {0} log its errors?", "Build it after the {0} changed."]
SYSTEM = (
    "You are a coding agent in /code/app. Use one tool at a time: Read shows a file, Grep finds text, Bash runs a "
    "command. Look at a file before you judge it. Run the tests after you have looked."
)


def tools():
    def tool(name, description, **properties):
        schema = {"type": "object", "properties": properties, "required": list(properties)}
        return {"name": name, "description": description, "input_schema": schema}

    def one_of(values):
        return {"type": "string", "enum": values}

    files = [f"/code/app/src/{module}.py" for module in MODULES]
    return [
        tool("Read", "Reads a file.", file_path=one_of(files)),
        tool("Grep", "Finds text.", pattern=one_of(["error", "TODO", "def "]), path=one_of(["src", "tests", "docs"])),
        tool("Bash", "Runs a command.", command=one_of(["make test", "make build", "make lint", "git status"])),
    ]


class Provider(http.server.BaseHTTPRequestHandler):
    """The Messages API before llama.cpp, or before chance."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        server = self.server
        with server.lock:
            number = len(server.asked)
            # Each answer has chance of its own, the same in every run.
            if request["model"] == RANDOM:
                call, read, written = at_random(request["tools"], random.Random(number)), 500, 20
            else:
                call, read, written = local_model.call(server.address, request, seed=number)
            server.asked.append({"model": request["model"], "read": read, "temperature": request.get("temperature")})
        use = {"type": "tool_use", "id": f"toolu_{number}", "name": call["name"], "input": call["arguments"]}
        usage = {"input_tokens": read, "output_tokens": written}
        answer = {"id": f"msg_local_{number}", "type": "message", "role": "assistant", "model": request["model"]}
        answer |= {"content": [use], "stop_reason": "tool_use", "stop_sequence": None, "usage": usage}
        text = json.dumps(answer).encode()
        with contextlib.suppress(BrokenPipeError):
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)


def at_random(tools, chance):
    tool = chance.choice(tools)
    properties = tool["input_schema"]["properties"]
    return {"name": tool["name"], "arguments": {name: chance.choice(one["enum"]) for name, one in properties.items()}}


@contextlib.contextmanager
def provider(address):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.address, server.asked, server.lock = address, [], threading.Lock()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()


class User:
    """A user of Suffice in a home of their own."""

    def __init__(self, folder, binary, port):
        self.home, self.binary = folder, binary
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LOCAL_KEY": "sk-local"}
        settings = folder / ".config" / "suffice" / "suffice.toml"
        settings.parent.mkdir(parents=True)
        prices = "".join(
            f'\n[[price]]\nmodel = "{model}"\ninput = 1.0\noutput = 5.0\ncache_read = 1.0\n'
            for model in (RECORDED, SAME, RANDOM)
        )
        settings.write_text(
            f'[capture]\ncontent = true\n\n[[upstream]]\nname = "local"\nprovider = "anthropic"\n'
            f'url = "http://127.0.0.1:{port}"\nkey_env = "LOCAL_KEY"\nmodels = ["smollm2*"]\n{prices}'
        )

    def start(self, *arguments, **more):
        return subprocess.Popen([self.binary, *arguments], env=self.environment, cwd=self.home, **more)

    def run(self, *arguments):
        done = subprocess.run(
            [self.binary, *arguments, "--format", "json"],
            env=self.environment, cwd=self.home, capture_output=True, text=True,
        )
        if done.returncode != 0:
            sys.exit(f"suffice {' '.join(arguments)}: {done.stderr}")
        return json.loads(done.stdout)

    @contextlib.contextmanager
    def gateway(self):
        port, other = local_model.free_port(), local_model.free_port()
        with open(self.home / "serve.log", "w", encoding="utf-8") as log:
            process = self.start("serve", "--port", str(port), "--dashboard-port", str(other), stdout=log, stderr=log)
            try:
                for _ in range(200):
                    with contextlib.suppress(OSError), local_model.socket.create_connection(("127.0.0.1", port), 1):
                        break
                    time.sleep(0.1)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()
                process.wait()


def record(user, gateway, number):
    """One session of the made-up agent; gives its id."""
    session = f"{number:08d}-0000-4000-8000-000000000000"
    folder = user.home / ".claude" / "projects" / "-code-app"
    folder.mkdir(parents=True, exist_ok=True)
    start = datetime.datetime.now(datetime.timezone.utc)
    task = TASKS[number % len(TASKS)].format(MODULES[number % len(MODULES)])
    messages = [{"role": "user", "content": task}]
    chance = random.Random(number)
    with open(folder / f"{session}.jsonl", "w", encoding="utf-8") as log:
        parent = None

        def line(kind, uuid, message, step, **more):
            nonlocal parent
            moment = (start + datetime.timedelta(seconds=step)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
            common = {"sessionId": session, "cwd": "/code/app", "version": "2.1.300", "timestamp": moment}
            entry = {"type": kind, "uuid": uuid, "parentUuid": parent, "message": message} | common | more
            log.write(json.dumps(entry) + "\n")
            parent = uuid

        line("user", f"u{number}", messages[0], 0)
        for step in range(STEPS):
            request = {"model": RECORDED, "max_tokens": 400, "temperature": TEMPERATURE, "system": SYSTEM}
            request |= {"tools": tools(), "tool_choice": {"type": "any"}, "messages": messages}
            asked = urllib.request.Request(gateway + "/v1/messages", json.dumps(request).encode(), local_model.JSON)
            with urllib.request.urlopen(asked, timeout=180) as reply:
                answer = json.load(reply)
            line("assistant", f"a{number}-{step}", answer, step + 0.4, requestId=f"r{number}-{step}")
            messages.append({"role": "assistant", "content": answer["content"]})
            use = answer["content"][0]
            said = chance.choice(["2 failed", "1 error", "nothing found", "def run(): pass", "ok"])
            result = {"type": "tool_result", "tool_use_id": use["id"], "content": f"{said}, line {chance.randrange(99)}"}
            messages.append({"role": "user", "content": [result]})
            line("user", f"u{number}-{step}", messages[-1], step + 0.7)
    return session


def study(user, server, sessions, target, kills=False):
    """What was said before, and what came of it."""
    arguments = ["validate", *sessions, "--target", target, "--samples", str(SESSIONS * STEPS)]
    plan = user.run(*arguments, "--dry-run")
    before = len(server.asked)
    facts = {}
    if kills:
        process = user.start(*arguments, "--yes", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(server.asked) - before < 40 and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        # What was under way when it was killed is answered still, to nobody.
        time.sleep(2)
        facts["repliesBeforeTheKill"] = len(server.asked) - before
    report = user.run(*arguments, "--yes")
    asked = len(server.asked) - before
    said = plan["estimatedUSD"] * asked / plan["requests"]
    facts |= {"target": target, "requestsPlanned": plan["requests"], "requestsAsked": asked, "saidUSD": round(said, 6)}
    for name in ("outcome", "steps", "ending", "spentUSD", "spentNowUSD", "fidelity", "doubts", "text"):
        facts[name] = report.get(name)
    facts["agreement"], facts["floor"] = report["agreement"], report["floor"]
    facts["difference"] = report["difference"]
    print(json.dumps(facts, indent=1))
    return facts, report


def check(holds, name):
    print(f"{'ok  ' if holds else 'FAIL'} {name}")
    return holds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", nargs="?", default=ROOT / ".build/release/suffice", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path, help="the user's home, left as it is")
    options = parser.parse_args()
    # Ended from outside, it still ends the server that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    holds = []
    with tempfile.TemporaryDirectory() as scratch, local_model.running() as address, provider(address) as server:
        user = User(options.keep or pathlib.Path(scratch), options.binary.resolve(), server.server_port)
        with user.gateway() as gateway:
            sessions = [record(user, gateway, number) for number in range(SESSIONS)]
        longest = max(one["read"] for one in server.asked)
        local_model.say(f"recorded {SESSIONS} sessions of {STEPS} steps; the longest prompt has {longest} tokens")
        holds.append(check(longest <= 1000, f"prompts have at most 1,000 tokens: {longest}"))

        facts, report = study(user, server, sessions, SAME, kills=True)
        again = facts["requestsAsked"] - report["steps"] * 2
        holds.append(check(report["outcome"] == "supported", "the same model is supported"))
        holds.append(check(set(report["fidelity"]) == {"exact"}, "requests are exact: the gateway kept them"))
        holds.append(check(report["spentNowUSD"] < report["spentUSD"], "after kill -9 it goes on where it was"))
        holds.append(check(again <= 1, f"at most the one reply that was under way is paid twice: {again}"))
        holds.append(check(abs(report["spentUSD"] / facts["saidUSD"] - 1) < 0.1, "it spends what it said within 10%"))
        temperatures = {one["temperature"] for one in server.asked}
        holds.append(check(temperatures == {TEMPERATURE}, f"all at one temperature: {temperatures}"))

        facts, report = study(user, server, sessions, RANDOM)
        holds.append(check(report["outcome"] == "contradicted", "one that answers at random is contradicted"))
    sys.exit(0 if all(holds) else 1)


main()
