"""A provider with a script: speaks Anthropic Messages, OpenAI Chat and OpenAI Responses, streaming and not.

It writes the port it listens on to stdout, and a line of JSON for each request it got to the file --log. A request that
offers tools and answers none of them gets two tool calls at once, one without arguments; one that answers them gets a
text. A request that offers a `bash` tool is led through a short piece of work instead.
"""

import argparse
import itertools
import json
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEXT = "It is 21 degrees in Paris at noon \u2014 caf\u00e9 weather."
PREFACE = "I will look."
CALLS = [("get_weather", {"city": "Paris", "days": [1, 2]}), ("get_time", {})]
COMMANDS = ["echo hello > greeting.txt && cat greeting.txt", "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"]
UNCACHED, CACHED, WRITTEN, OUTPUT = 120, 4000, 300, 57

numbers = itertools.count(1)
issued = set()
lock = threading.Lock()


def tool_names(body):
    for tool in body.get("tools") or []:
        yield tool.get("name") or tool.get("function", {}).get("name")


def results(body):
    """The ids of the tool calls that a request answers, and how many turns the model had."""
    ids, turns = [], 0
    for item in body.get("messages") or (body["input"] if isinstance(body.get("input"), list) else []):
        if item.get("role") == "assistant" or item.get("type") == "function_call":
            turns += 1
        if item.get("role") == "tool":
            ids.append(item["tool_call_id"])
        elif item.get("type") == "function_call_output":
            ids.append(item["call_id"])
        elif isinstance(item.get("content"), list):
            ids += [part["tool_use_id"] for part in item["content"] if part.get("type") == "tool_result"]
    return ids, turns


def reply_to(body):
    """What the model says: a text, and calls as (id, name, arguments)."""
    ids, turns = results(body)
    names = list(tool_names(body))
    if "bash" in names:
        calls = [("bash", {"command": COMMANDS[min(turns, len(COMMANDS) - 1)]})]
        return "Working.", calls
    if names and not ids:
        return PREFACE, CALLS
    return TEXT, []


def with_ids(calls, prefix):
    made = [(f"{prefix}{next(numbers):08d}", name, arguments) for name, arguments in calls]
    with lock:
        issued.update(id for id, _, _ in made)
    return made


def pieces(text, size=7):
    return [text[start : start + size] for start in range(0, len(text), size)]


class Messages:
    """Anthropic's form."""

    usage = {
        "input_tokens": UNCACHED,
        "cache_read_input_tokens": CACHED,
        "cache_creation_input_tokens": WRITTEN,
        "cache_creation": {"ephemeral_5m_input_tokens": WRITTEN, "ephemeral_1h_input_tokens": 0},
        "output_tokens": OUTPUT,
    }

    def __init__(self, body):
        text, calls = reply_to(body)
        self.model, self.calls = body["model"], with_ids(calls, "toolu_")
        self.text, self.id = text, f"msg_{next(numbers):08d}"

    def whole(self):
        content = [{"type": "text", "text": self.text}] + [
            {"type": "tool_use", "id": id, "name": name, "input": arguments} for id, name, arguments in self.calls
        ]
        return {
            "id": self.id,
            "type": "message",
            "role": "assistant",
            "model": self.model,
            "content": content,
            "stop_reason": "tool_use" if self.calls else "end_turn",
            "stop_sequence": None,
            "usage": self.usage,
        }

    def events(self):
        start = dict(self.whole(), content=[], stop_reason=None, usage=dict(self.usage, output_tokens=1))
        yield "message_start", {"message": start}
        yield "content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}
        yield "ping", {}
        for piece in pieces(self.text):
            yield "content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": piece}}
        yield "content_block_stop", {"index": 0}
        for index, (id, name, arguments) in enumerate(self.calls, 1):
            block = {"type": "tool_use", "id": id, "name": name, "input": {}}
            yield "content_block_start", {"index": index, "content_block": block}
            for piece in [""] + (pieces(json.dumps(arguments)) if arguments else []):
                delta = {"type": "input_json_delta", "partial_json": piece}
                yield "content_block_delta", {"index": index, "delta": delta}
            yield "content_block_stop", {"index": index}
        delta = {"stop_reason": "tool_use" if self.calls else "end_turn", "stop_sequence": None}
        yield "message_delta", {"delta": delta, "usage": {"output_tokens": OUTPUT}}
        yield "message_stop", {}

    def stream(self):
        for name, event in self.events():
            yield f"event: {name}\ndata: {json.dumps(dict(event, type=name))}\n\n"


class Chat:
    """OpenAI's chat form."""

    usage = {
        "prompt_tokens": UNCACHED + CACHED,
        "completion_tokens": OUTPUT,
        "total_tokens": UNCACHED + CACHED + OUTPUT,
        "prompt_tokens_details": {"cached_tokens": CACHED},
    }

    def __init__(self, body):
        text, calls = reply_to(body)
        self.model, self.calls = body["model"], with_ids(calls, "call_")
        self.text, self.id = text, f"chatcmpl-{next(numbers):08d}"
        self.tells_usage = (body.get("stream_options") or {}).get("include_usage")

    def call(self, id, name, arguments):
        return {"id": id, "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}

    def whole(self):
        message = {"role": "assistant", "content": self.text, "refusal": None}
        if self.calls:
            message["tool_calls"] = [self.call(*call) for call in self.calls]
        finish = "tool_calls" if self.calls else "stop"
        return {
            "id": self.id,
            "object": "chat.completion",
            "created": 1_790_000_000,
            "model": self.model,
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": finish}],
            "usage": self.usage,
        }

    def deltas(self):
        yield {"role": "assistant", "content": ""}, None
        for piece in pieces(self.text):
            yield {"content": piece}, None
        for index, (id, name, arguments) in enumerate(self.calls):
            call = self.call(id, name, {})
            call["function"]["arguments"] = ""
            yield {"tool_calls": [dict(call, index=index)]}, None
        # Arguments of parallel calls come interleaved, as the protocol allows.
        texts = [pieces(json.dumps(arguments)) for _, _, arguments in self.calls]
        for row in itertools.zip_longest(*texts):
            for index, piece in enumerate(row):
                if piece is not None:
                    yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}, None
        yield {}, "tool_calls" if self.calls else "stop"

    def stream(self):
        head = {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": 1_790_000_000,
            "model": self.model,
        }
        for delta, finish in self.deltas():
            choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
            chunk = dict(head, choices=[choice], obfuscation="xxxxxx")
            if self.tells_usage:
                chunk["usage"] = None
            yield f"data: {json.dumps(chunk)}\n\n"
        if self.tells_usage:
            yield f"data: {json.dumps(dict(head, choices=[], usage=self.usage))}\n\n"
        yield "data: [DONE]\n\n"


class Responses:
    """OpenAI's responses form."""

    usage = {
        "input_tokens": UNCACHED + CACHED,
        "input_tokens_details": {"cached_tokens": CACHED},
        "output_tokens": OUTPUT,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": UNCACHED + CACHED + OUTPUT,
    }

    def __init__(self, body):
        text, calls = reply_to(body)
        self.model, self.calls = body["model"], with_ids(calls, "call_")
        self.text, self.id = text, f"resp_{next(numbers):08d}"

    def message(self, text, status="completed"):
        content = [{"type": "output_text", "text": text, "annotations": []}] if text else []
        id = f"msg_{self.id}"
        return {"type": "message", "id": id, "role": "assistant", "status": status, "content": content}

    def call(self, id, name, arguments, status="completed"):
        return {
            "type": "function_call",
            "id": f"fc_{id}",
            "call_id": id,
            "name": name,
            "arguments": arguments,
            "status": status,
        }

    def output(self):
        calls = [self.call(id, name, json.dumps(arguments)) for id, name, arguments in self.calls]
        return [self.message(self.text)] + calls

    def whole(self, status="completed", output=None):
        return {
            "id": self.id,
            "object": "response",
            "created_at": 1_790_000_000,
            "status": status,
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "model": self.model,
            "output": self.output() if output is None else output,
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            "usage": self.usage if status == "completed" else None,
        }

    def events(self):
        yield "response.created", {"response": self.whole("in_progress", [])}
        yield "response.in_progress", {"response": self.whole("in_progress", [])}
        place = {"item_id": f"msg_{self.id}", "output_index": 0, "content_index": 0}
        part = {"type": "output_text", "text": "", "annotations": []}
        yield "response.output_item.added", {"output_index": 0, "item": self.message("", "in_progress")}
        yield "response.content_part.added", dict(place, part=part)
        for piece in pieces(self.text):
            yield "response.output_text.delta", dict(place, delta=piece, logprobs=[])
        yield "response.output_text.done", dict(place, text=self.text, logprobs=[])
        yield "response.content_part.done", dict(place, part=dict(part, text=self.text))
        yield "response.output_item.done", {"output_index": 0, "item": self.message(self.text)}
        for index, (id, name, arguments) in enumerate(self.calls, 1):
            text = json.dumps(arguments)
            place = {"item_id": f"fc_{id}", "output_index": index}
            started = self.call(id, name, "", "in_progress")
            yield "response.output_item.added", {"output_index": index, "item": started}
            for piece in pieces(text):
                yield "response.function_call_arguments.delta", dict(place, delta=piece)
            yield "response.function_call_arguments.done", dict(place, arguments=text, name=name)
            yield "response.output_item.done", {"output_index": index, "item": self.call(id, name, text)}
        yield "response.completed", {"response": self.whole()}

    def stream(self):
        for number, (name, event) in enumerate(self.events()):
            yield f"event: {name}\ndata: {json.dumps(dict(event, type=name, sequence_number=number))}\n\n"


FORMS = {"/v1/messages": Messages, "/v1/chat/completions": Chat, "/v1/responses": Responses}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, body, status=200):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("request-id", f"req_{next(numbers):08d}")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["content-length"]))
        body = json.loads(raw)
        path = self.path.split("?")[0]
        unknown = [id for id in results(body)[0] if id not in issued]
        with lock:
            record = {"path": self.path, "headers": dict(self.headers), "body": body, "unknownCalls": unknown}
            self.server.log.write(json.dumps(record) + "\n")
            self.server.log.flush()
        if path.endswith("/count_tokens"):
            return self.answer({"input_tokens": 4242})
        if path not in FORMS:
            return self.answer({"type": "error", "error": {"type": "not_found_error", "message": path}}, 404)
        reply = FORMS[path](body)
        if not body.get("stream"):
            return self.answer(reply.whole())
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("request-id", f"req_{next(numbers):08d}")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for event in reply.stream():
            data = event.encode()
            # Cut in two inside the event, as a network does.
            for part in (data[: len(data) // 2], data[len(data) // 2 :]):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", required=True)
    parser.add_argument("--certificate", help="a PEM file with key and certificate: speak TLS")
    options = parser.parse_args()
    server = Server(("127.0.0.1", options.port), Handler)
    server.log = open(options.log, "a")
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)
