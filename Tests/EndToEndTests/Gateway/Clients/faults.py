"""The fault matrix: what a provider, or a client, may do wrong, and what the other side and the ledger then see.

Starts a faulty provider, drives the gateway it is given, and prints a line of JSON for each fault: its name, and what was
wrong (nothing, where all is well).
"""

import argparse
import asyncio
import json
import os
import signal

from faulty_upstream import ERRORS, TEXT, USAGE, Upstream


class Wrong(Exception):
    pass


def expect(what, found, wanted):
    if found != wanted:
        raise Wrong(f"{what}: {found!r} instead of {wanted!r}")


class Reply:
    def __init__(self, status, fields, body, is_whole):
        self.status, self.fields, self.body, self.is_whole = status, fields, body, is_whole

    @property
    def events(self):
        """The data of each event that is whole."""
        found = []
        for part in self.body.decode().split("\n\n")[:-1]:
            data = [line[6:] for line in part.split("\n") if line.startswith("data: ")]
            if data:
                found.append(json.loads("\n".join(data)))
        return found

    @property
    def text(self):
        return "".join(e["delta"]["text"] for e in self.events if e["type"] == "content_block_delta")


class Client:
    def __init__(self, port):
        self.port = port

    async def send(self, fault, stream, model="claude-haiku-4-5"):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = json.dumps({"model": model, "max_tokens": 50, "stream": stream, "messages": [
            {"role": "user", "content": "Say something with umlauts, and take your time."}]}).encode()
        lines = ["POST /v1/messages HTTP/1.1", f"host: 127.0.0.1:{self.port}", "content-type: application/json",
                 "anthropic-version: 2023-06-01", f"anthropic-fault: {fault}", "x-api-key: sk-ant-api03-x",
                 f"content-length: {len(body)}", "connection: close", "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()
        return reader, writer

    async def ask(self, fault, stream=True, model="claude-haiku-4-5"):
        reader, writer = await self.send(fault, stream, model)
        try:
            return await asyncio.wait_for(self.read(reader), 60)
        finally:
            writer.close()

    async def read(self, reader):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {n.lower(): v for n, v in (line.split(": ", 1) for line in head[1:] if ": " in line)}
        body, is_whole = b"", True
        if fields.get("transfer-encoding") == "chunked":
            try:
                while size := int(await reader.readuntil(b"\r\n"), 16):
                    body += (await reader.readexactly(size + 2))[:-2]
                await reader.readexactly(2)
            except (asyncio.IncompleteReadError, ConnectionError):
                is_whole = False
        else:
            body = await reader.readexactly(int(fields.get("content-length", 0)))
        return Reply(int(head[0].split()[1]), fields, body, is_whole)


class Matrix:
    def __init__(self, client, upstream, journal, records):
        self.client, self.upstream, self.journal, self.records = client, upstream, journal, records

    # What the gateway wrote, and what the provider saw.

    def lines(self, fault=None):
        found = []
        for name in sorted(os.listdir(self.journal)):
            with open(os.path.join(self.journal, name)) as file:
                found += [json.loads(line) for line in file if line.endswith("\n")]
        return found

    def served(self):
        with open(self.records) as file:
            return [json.loads(line) for line in file]

    async def settled(self, requests, since):
        """The outcomes of the requests since a mark, once all are there."""
        for _ in range(400):
            lines = self.lines()[since[0] :]
            intents = [line for line in lines if line["type"] == "intent"]
            outcomes = {line["id"]: line for line in lines if line["type"] == "outcome"}
            if len(intents) == requests and len(outcomes) == requests:
                return list(outcomes.values()), self.served()[since[1] :]
            await asyncio.sleep(0.02)
        raise Wrong(f"{len(intents)} intents and {len(outcomes)} outcomes for {requests} requests")

    def mark(self):
        return len(self.lines()) if os.path.isdir(self.journal) else 0, len(self.served())

    async def one(self, fault, stream=True, **options):
        since = self.mark()
        reply = await self.client.ask(fault, stream, **options)
        outcomes, served = await self.settled(1, since)
        return reply, outcomes[0], served

    def expect_usage(self, outcome, usage):
        told = outcome.get("usage")
        if usage is None:
            return expect("usage in the ledger", told, None)
        found = [told.get(key, 0) for key in ("input", "cacheRead", "cacheWrite5m", "output")] if told else None
        names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens")
        expect("usage in the ledger", found, [usage[name] for name in names])

    def expect_error(self, reply, kind=None):
        body = json.loads(reply.body)
        expect("shape", body["type"], "error")
        if kind:
            expect("error type", body["error"]["type"], kind)

    def expect_broken_off(self, reply):
        expect("status", reply.status, 200)
        expect("last event", reply.events[-1]["type"], "error")
        expect("beginnings", sum(e["type"] == "message_start" for e in reply.events), 1)

    # Each row of the matrix.

    async def healthy(self):
        for stream in (False, True):
            reply, outcome, served = await self.one("none", stream)
            expect("status", reply.status, 200)
            text = reply.text if stream else json.loads(reply.body)["content"][0]["text"]
            expect("text", text, TEXT)
            expect("ending", outcome["ending"], "finished")
            self.expect_usage(outcome, USAGE)
            expect("reply id", outcome["replyID"], served[0]["id"])

    async def refused_connection(self):
        since = self.mark()
        reply = await self.client.ask("none", model="claude-unreachable")
        outcomes, served = await self.settled(1, since)
        expect("status", reply.status, 502)
        self.expect_error(reply)
        expect("requests served", len(served), 0)
        expect("ending", outcomes[0]["ending"], "failed")

    async def broken_before_first_byte(self, fault):
        for stream in (False, True):
            reply, outcome, served = await self.one(fault, stream)
            if reply.status < 500:
                raise Wrong(f"status {reply.status}")
            self.expect_error(reply)
            expect("ending", outcome["ending"], "failed")
            self.expect_usage(outcome, None)
            if len(served) > 2:
                raise Wrong(f"{len(served)} tries")

    async def broken_in_stream(self, fault):
        reply, outcome, served = await self.one(fault)
        self.expect_broken_off(reply)
        expect("tries", len(served), 1)
        expect("ending", outcome["ending"], "failed" if fault == "error-mid-stream" else "truncated")
        self.expect_usage(outcome, served[0]["usage"])

    async def no_end(self, fault):
        """All was said but the end: the client gets the end, and need not ask again."""
        reply, outcome, served = await self.one(fault)
        expect("text", reply.text, TEXT)
        expect("last event", reply.events[-1]["type"], "message_stop")
        expect("tries", len(served), 1)
        expect("ending", outcome["ending"], "finished")
        self.expect_usage(outcome, USAGE)

    async def every_byte(self):
        reply, outcome, served = await self.one("every-byte")
        expect("text", reply.text, TEXT)
        expect("whole", reply.is_whole, True)
        self.expect_usage(outcome, USAGE)

    async def garbage(self):
        reply, outcome, served = await self.one("garbage", stream=False)
        expect("body", reply.body, b"<html>this is no reply</html>")
        self.expect_usage(outcome, None)

    async def error_status(self, fault):
        status, kind, extra = ERRORS[fault]
        for stream in (False, True):
            reply, outcome, served = await self.one(fault, stream)
            expect("status", reply.status, status)
            self.expect_error(reply, kind)
            for line in extra:
                name, value = line.split(": ")
                expect(name, reply.fields.get(name), value)
            expect("ending", outcome["ending"], "failed")
            self.expect_usage(outcome, None)
            if len(served) > (1 if status < 429 else 2):
                raise Wrong(f"{len(served)} tries")

    async def client_leaves(self, fault, reads):
        since = self.mark()
        reader, writer = await self.client.send(fault, True)
        if reads:
            await reader.readuntil(b"content_block_delta")
        else:
            await asyncio.sleep(0.2)
        writer.transport.abort()
        outcomes, served = await self.settled(1, since)
        expect("ending", outcomes[0]["ending"], "client-left")
        for _ in range(200):
            if served:
                break
            await asyncio.sleep(0.02)
            served = self.served()[since[1] :]
        expect("the provider saw it", [record["left"] for record in served], [True])
        self.expect_usage(outcomes[0], served[0]["usage"])

    async def many_streams(self, count=500):
        since = self.mark()
        asking = [asyncio.create_task(self.client.ask("together")) for _ in range(count)]
        for _ in range(6000):
            if self.upstream.replying == count:
                break
            await asyncio.sleep(0.01)
        expect("streams at once", self.upstream.replying, count)
        self.upstream.gate.set()
        replies = await asyncio.gather(*asking)
        expect("texts", {reply.text for reply in replies}, {TEXT})
        outcomes, served = await self.settled(count, since)
        expect("endings", {outcome["ending"] for outcome in outcomes}, {"finished"})
        expect("ids", {o["replyID"] for o in outcomes}, {s["id"] for s in served})
        for outcome in outcomes:
            self.expect_usage(outcome, USAGE)

    async def killed(self, pid, count=200):
        """kill -9 in the middle of streams: each request that the provider got is in the journal."""
        since = self.mark()
        asking = [asyncio.create_task(self.client.ask("slow")) for _ in range(count)]
        for _ in range(1000):
            if self.upstream.replying >= count // 2:
                break
            await asyncio.sleep(0.005)
        os.kill(pid, signal.SIGKILL)
        await asyncio.gather(*asking, return_exceptions=True)
        for _ in range(400):
            if self.upstream.open == 0:
                break
            await asyncio.sleep(0.02)
        lines, served = self.lines()[since[0] :], self.served()[since[1] :]
        intents = [line for line in lines if line["type"] == "intent"]
        if not served:
            raise Wrong("nothing was under way")
        if len(intents) < len(served):
            raise Wrong(f"{len(served)} requests reached the provider, {len(intents)} are in the journal")
        outcomes = {line.get("replyID") for line in lines if line["type"] == "outcome"}
        for record in served:
            if record["id"] in outcomes and record["left"]:
                raise Wrong(f"{record['id']} is told as over and was not")

    def rows(self):
        yield "a healthy reply", self.healthy()
        yield "the provider refuses the connection", self.refused_connection()
        for fault in ("reset-before-head", "reset-in-head", "error-in-200", "empty-200", "silence"):
            if fault in ("error-in-200", "empty-200"):
                yield fault, self.stream_broken_at_once(fault)
            else:
                yield fault, self.broken_before_first_byte(fault)
        for fault in ("mid-event", "error-mid-stream", "silence-mid-stream"):
            yield fault, self.broken_in_stream(fault)
        for fault in ("no-last-event", "no-blank-line"):
            yield fault, self.no_end(fault)
        yield "a chunk for every byte", self.every_byte()
        yield "garbage", self.garbage()
        for fault in ERRORS:
            yield fault, self.error_status(fault)
        yield "the client leaves before the first byte", self.client_leaves("silence", reads=False)
        yield "the client leaves in the middle of a stream", self.client_leaves("slow", reads=True)
        yield "500 streams at once", self.many_streams()

    async def stream_broken_at_once(self, fault):
        reply, outcome, served = await self.one(fault)
        if reply.status < 500:
            raise Wrong(f"status {reply.status}")
        self.expect_error(reply)
        expect("ending", outcome["ending"], "failed")


async def main(options):
    with open(options.records, "a") as log:
        upstream = Upstream(log)
        await upstream.serve(options.upstream_port)
        matrix = Matrix(Client(options.port), upstream, options.journal, options.records)
        rows = [("kill -9 under load", matrix.killed(options.kill))] if options.kill else matrix.rows()
        for name, row in rows:
            wrong = None
            try:
                await row
            except Exception as error:  # Whatever goes wrong is the finding.
                wrong = f"{type(error).__name__}: {error}"
            print(json.dumps({"name": name, "wrong": wrong}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True, help="the gateway's")
    parser.add_argument("--upstream-port", type=int, required=True, help="where the faulty provider is to listen")
    parser.add_argument("--journal", required=True, help="the folder of the gateway's journal")
    parser.add_argument("--records", required=True, help="where the provider writes what it served")
    parser.add_argument("--kill", type=int, help="the gateway's process, to be killed in the middle")
    asyncio.run(main(parser.parse_args()))
