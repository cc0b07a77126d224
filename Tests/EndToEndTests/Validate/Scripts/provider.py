"""A provider that answers `history.py`'s steps.

--log FILE [--held N --go FILE] [--marks TEXT] [--batches …] MODEL=CHANCE...

A model does what was recorded with the chance given, and something else otherwise, with the marks behind it. After N
replies it says nothing until the file to go on is there. Speaks Anthropic's Messages and OpenAI's Chat Completions, and
with --batches both providers' batches (`batches.py`). Prints its port; logs a line for every connection and every reply.
"""

import argparse
import http.server
import itertools
import json
import os
import random
import re
import time

from batches import Batches

parser = argparse.ArgumentParser()
parser.add_argument("--log", required=True)
parser.add_argument("--held", type=int)
parser.add_argument("--go")
parser.add_argument("--marks", default="")
parser.add_argument("--batches", action="store_true")
parser.add_argument("--polls", type=int, default=2, help="a batch has ended when it was asked for so often")
parser.add_argument("--trouble", default="", help="what becomes of every fifth request of the first batch")
parser.add_argument("--hold", type=float, default=0, help="seconds before the first batch's id is told")
parser.add_argument("--swallow", action="store_true", help="the first batch's id is never told")
parser.add_argument("chances", nargs="+")
options = parser.parse_args()
chances = {name: float(chance) for name, chance in (text.split("=") for text in options.chances)}
log = open(options.log, "a", encoding="utf-8")
# The same question asked twice has an answer of its own each time.
chance = random.Random(7)
arrivals = itertools.count()


def note(**entry):
    log.write(json.dumps(entry) + "\n")
    log.flush()


def tokens(step):
    return 4000 + 100 * (step + 1)


def answer(body, key, batched=False):
    """What a model replies to a request, as its provider writes it down."""
    messages = body["messages"]
    session = re.search(r"task (\d+)", json.dumps(messages))[1]
    done = re.search(r"done (\d+)", json.dumps(messages[-1]))
    step = int(done[1]) + 1 if done else 0
    agrees = chance.random() < chances[body["model"]]
    command = f"make step-{session}-{step}" if agrees else f"make other-{chance.randrange(10**6)}{options.marks}"
    caches = "cache_control" in json.dumps(body)
    tool = body["tools"][0].get("function", body["tools"][0])
    parameters = tool.get("input_schema") or tool["parameters"]
    name, arguments = tool["name"], {next(iter(parameters["properties"])): command}
    note(model=body["model"], session=session, step=step, key=key, batched=batched, caches=caches)
    if "system" not in body:
        call = {"name": name, "arguments": json.dumps(arguments)}
        message = {"role": "assistant", "content": None}
        message["tool_calls"] = [{"id": "t", "type": "function", "function": call}]
        usage = {"prompt_tokens": tokens(step), "completion_tokens": 60, "total_tokens": tokens(step) + 60}
        reply = {"id": "chatcmpl-new", "object": "chat.completion", "created": 1, "model": body["model"]}
        choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
        return reply | {"choices": [choice], "usage": usage}
    marked = [
        place
        for place, message in enumerate(messages)
        if isinstance(message["content"], list) and any("cache_control" in part for part in message["content"])
    ]
    read = tokens(marked[-2] // 2) if len(marked) > 1 else 0
    usage = {"output_tokens": 60, "cache_read_input_tokens": read}
    usage["input_tokens"] = 3 if marked else tokens(step)
    usage["cache_creation_input_tokens"] = tokens(step) - 3 - read if marked else 0
    use = {"type": "tool_use", "id": "t", "name": name, "input": arguments}
    reply = {"id": "msg_new", "type": "message", "role": "assistant", "model": body["model"]}
    return reply | {"content": [use], "stop_reason": "tool_use", "usage": usage}


class Provider(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        note(connection=True)
        super().setup()

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.send(*(batches.get(self.path) if options.batches else (404, {"error": {"message": "not found"}})))

    def do_DELETE(self):
        self.send(*batches.delete(self.path))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        key = self.headers.get("x-api-key") or self.headers.get("authorization", "").removeprefix("Bearer ")
        if self.path in ("/v1/messages", "/v1/chat/completions"):
            if options.held is not None and next(arrivals) >= options.held:
                while not os.path.exists(options.go):
                    time.sleep(0.01)
            self.send(200, answer(json.loads(body), key))
        elif options.batches:
            reply = batches.post(self.path, body, key)
            if reply is None:
                self.close_connection = True
            else:
                self.send(*reply)
        else:
            self.send(404, {"error": {"message": "not found"}})

    def send(self, status, reply):
        text = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
        try:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except (BrokenPipeError, ConnectionResetError):
            pass


batches = Batches(answer, note, options)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
print(server.server_port, flush=True)
server.serve_forever()
