"""A provider that goes wrong on demand: Anthropic's API, and whatever can break in it.

What a request is to meet stands in its header `anthropic-fault`. Each request leaves a line of JSON in the log: the
fault, the reply's id, the tokens it told of, and whether its reader left before the end.
"""

import asyncio
import itertools
import json

WORDS = ["Gr", "\u00fc", "\u00dfe aus ", "\U0001f44b\U0001f3fd", " und ", "caf\u00e9."]
TEXT = "".join(WORDS)
USAGE = {"input_tokens": 11, "cache_read_input_tokens": 700, "cache_creation_input_tokens": 13, "output_tokens": 29}
ERRORS = {
    "400": (400, "invalid_request_error", []),
    "401": (401, "authentication_error", []),
    "429": (429, "rate_limit_error", ["retry-after: 7", "anthropic-ratelimit-requests-remaining: 0"]),
    "500": (500, "api_error", []),
    "529": (529, "overloaded_error", ["x-should-retry: true"]),
}


def error_body(kind, message="as asked"):
    return json.dumps({"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_x"})


def events(id, model):
    start = {"id": id, "type": "message", "role": "assistant", "model": model, "content": [], "stop_reason": None}
    start["usage"] = dict(USAGE, output_tokens=1)
    yield {"type": "message_start", "message": start}
    yield {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
    for word in WORDS:
        yield {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": word}}
    yield {"type": "content_block_stop", "index": 0}
    yield {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 29}}
    yield {"type": "message_stop"}


def frame(event):
    return f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


class Upstream:
    def __init__(self, log):
        self.log = log
        self.numbers = itertools.count(1)
        self.open = 0
        self.replying = 0
        # Streams of the fault `together` go on once this is set.
        self.gate = asyncio.Event()

    async def serve(self, port=0):
        self.server = await asyncio.start_server(self.connection, "127.0.0.1", port, backlog=2048)
        return self.server.sockets[0].getsockname()[1]

    async def connection(self, reader, writer):
        self.open += 1
        try:
            while await self.request(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def request(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        fields = {name.lower(): value for name, value in fields.items()}
        body = json.loads(await reader.readexactly(int(fields["content-length"])))
        fault = fields.get("anthropic-fault", "none")
        record = {"fault": fault, "id": f"msg_{next(self.numbers):08d}", "model": body["model"], "usage": None}
        record["left"] = False
        self.replying += 1
        try:
            return await self.reply(fault, body, reader, writer, record)
        except (ConnectionError, asyncio.IncompleteReadError):
            record["left"] = True
            return False
        finally:
            self.replying -= 1
            self.log.write(json.dumps(record) + "\n")
            self.log.flush()

    async def reply(self, fault, body, reader, writer, record):
        if fault == "reset-before-head":
            return self.reset(writer)
        if fault == "reset-in-head":
            await self.send(writer, b"HTTP/1.1 200 OK\r\ncontent-ty")
            return self.reset(writer)
        if fault == "silence":
            await reader.read()
            raise ConnectionError
        if fault in ERRORS:
            status, kind, extra = ERRORS[fault]
            await self.whole(writer, status, error_body(kind), extra)
            return True
        if fault == "garbage":
            await self.whole(writer, 200, "<html>this is no reply</html>", ["content-type: text/html"])
            return True
        if not body.get("stream"):
            message = dict(next(events(record["id"], body["model"]))["message"], stop_reason="end_turn", usage=USAGE)
            message["content"] = [{"type": "text", "text": TEXT}]
            record["usage"] = USAGE
            await self.whole(writer, 200, json.dumps(message, ensure_ascii=False))
            return True
        return await self.stream(fault, body, reader, writer, record)

    async def stream(self, fault, body, reader, writer, record):
        head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nrequest-id: req_y\r\ntransfer-encoding: chunked"
        await self.send(writer, f"{head}\r\n\r\n".encode())
        if fault == "error-in-200":
            await self.chunk(writer, b"event: error\ndata: " + error_body("overloaded_error").encode() + b"\n\n")
            await self.send(writer, b"0\r\n\r\n")
            return True
        if fault == "empty-200":
            await self.send(writer, b"0\r\n\r\n")
            return True
        for event in events(record["id"], body["model"]):
            if event["type"] == "message_stop" and fault == "no-last-event":
                await self.send(writer, b"0\r\n\r\n")
                return True
            data = frame(event)
            if event["type"] == "message_stop" and fault == "no-blank-line":
                data = data[:-1]
            if event["type"] == "message_start":
                record["usage"] = event["message"]["usage"]
            if event["type"] == "message_delta":
                record["usage"] = USAGE
            if fault == "every-byte":
                for byte in data:
                    await self.chunk(writer, bytes([byte]))
                continue
            if fault == "mid-event" and event["type"] == "content_block_delta":
                await self.chunk(writer, data[: len(data) // 2])
                await asyncio.sleep(0.02)
                return self.reset(writer)
            if fault == "error-mid-stream" and event["type"] == "content_block_stop":
                data = b"event: error\ndata: " + error_body("overloaded_error").encode() + b"\n\n"
                await self.chunk(writer, data)
                await self.send(writer, b"0\r\n\r\n")
                return True
            await self.chunk(writer, data)
            if fault == "silence-mid-stream" and event["type"] == "content_block_delta":
                await reader.read()
                raise ConnectionError
            if fault == "together" and event["type"] == "content_block_start":
                while not self.gate.is_set():
                    await self.chunk(writer, b'event: ping\ndata: {"type": "ping"}\n\n')
                    try:
                        await asyncio.wait_for(self.gate.wait(), 0.5)
                    except asyncio.TimeoutError:
                        pass
            if fault == "slow":
                # Whoever reads may leave: that is seen at the next write, or as the end of what he sends.
                try:
                    left = await asyncio.wait_for(reader.read(1), 0.05)
                    if left == b"":
                        raise ConnectionError
                except asyncio.TimeoutError:
                    pass
        await self.send(writer, b"0\r\n\r\n")
        return True

    async def whole(self, writer, status, body, extra=()):
        body = body.encode()
        lines = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}", "request-id: req_z", *extra]
        if not any(line.startswith("content-type") for line in extra):
            lines.append("content-type: application/json")
        await self.send(writer, "\r\n".join(lines + ["", ""]).encode() + body)

    async def chunk(self, writer, data):
        await self.send(writer, b"%x\r\n%s\r\n" % (len(data), data))

    async def send(self, writer, data):
        writer.write(data)
        await writer.drain()

    def reset(self, writer):
        writer.transport.abort()
        return False
