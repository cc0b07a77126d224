"""A provider that answers `history.py`'s steps: --log FILE [--held N --go FILE] [--marks TEXT] MODEL=CHANCE...

A model does what was recorded with the chance given, and something else otherwise, with the marks behind it. After N
replies it says nothing until the file to go on is there. Prints its port; logs a line for every connection and every
reply.
"""

import argparse
import http.server
import itertools
import json
import os
import random
import re
import time

parser = argparse.ArgumentParser()
parser.add_argument("--log", required=True)
parser.add_argument("--held", type=int)
parser.add_argument("--go")
parser.add_argument("--marks", default="")
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


class Provider(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        note(connection=True)
        super().setup()

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if options.held is not None and next(arrivals) >= options.held:
            while not os.path.exists(options.go):
                time.sleep(0.01)
        messages = body["messages"]
        session = re.search(r"task (\d+)", json.dumps(messages[0]))[1]
        done = re.search(r"done (\d+)", json.dumps(messages[-1]))
        step = int(done[1]) + 1 if done else 0
        agrees = chance.random() < chances[body["model"]]
        command = f"make step-{session}-{step}" if agrees else f"make other-{chance.randrange(10**6)}{options.marks}"
        marked = [
            place
            for place, message in enumerate(messages)
            if isinstance(message["content"], list) and any("cache_control" in part for part in message["content"])
        ]
        read = tokens(marked[-2] // 2) if len(marked) > 1 else 0
        usage = {"input_tokens": 3, "output_tokens": 60, "cache_read_input_tokens": read}
        usage["cache_creation_input_tokens"] = tokens(step) - 3 - read
        use = {"type": "tool_use", "id": "t", "name": "Bash", "input": {"command": command}}
        answer = {"id": "msg_new", "type": "message", "role": "assistant", "model": body["model"]}
        answer |= {"content": [use], "stop_reason": "tool_use", "usage": usage}
        text = json.dumps(answer).encode()
        note(model=body["model"], session=session, step=step, key=self.headers.get("x-api-key"))
        try:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except BrokenPipeError:
            pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
print(server.server_port, flush=True)
server.serve_forever()
