"""The batches of a provider: Anthropic's Message Batches and OpenAI's Batch API, as their documentation tells them.

Requests are answered when a batch ends, and results come in another order than they were asked.
"""

import json
import random
import re
import time
import urllib.parse



class Batches:
    def __init__(self, answer, note, options):
        self.answer, self.note, self.options = answer, note, options
        self.batches, self.files, self.uploads = {}, {}, 0

    def get(self, path):
        path, _, query = path.partition("?")
        query = urllib.parse.parse_qs(query)
        if path in ("/v1/messages/batches", "/v1/batches"):
            return 200, self.page(path, query)
        if match := re.fullmatch(r"/v1/files/([^/]+)/content", path):
            return (200, self.files[match[1]]) if match[1] in self.files else self.missing()
        if match := re.fullmatch(r"/v1/(?:messages/)?batches/([^/]+)/results", path):
            return 200, self.batches[match[1]]["results"]
        if match := re.fullmatch(r"/v1/(?:messages/)?batches/([^/]+)", path):
            batch = self.batches.get(match[1])
            if batch is None:
                return self.missing()
            self.note(poll=match[1])
            batch["polls"] += 1
            if batch["polls"] >= self.options.polls:
                self.end(batch)
            return 200, self.state(batch)
        return self.missing()

    def delete(self, path):
        name = path.rpartition("/")[2]
        self.note(deleted=name)
        return (200, {"id": name, "deleted": True}) if self.files.pop(name, None) is not None else self.missing()

    def post(self, path, body, key):
        """Nothing where the reply is to be swallowed."""
        if path == "/v1/files":
            boundary = body.split(b"\r\n", 1)[0]
            parts = [part.partition(b"\r\n\r\n") for part in body.split(boundary)]
            by_name = {re.search(rb'name="(\w+)"', head)[1]: content for head, _, content in parts if b"name=" in head}
            assert by_name[b"purpose"].strip() == b"batch"
            self.uploads += 1
            name = f"file-{self.uploads}"
            self.files[name] = by_name[b"file"]
            return 200, {"id": name, "object": "file", "purpose": "batch"}
        if match := re.fullmatch(r"/v1/(?:messages/)?batches/([^/]+)/cancel", path):
            batch = self.batches.get(match[1])
            if batch is None:
                return self.missing()
            self.note(cancelled=match[1])
            batch["fate"] = "canceled"
            self.end(batch)
            return 200, self.state(batch)
        asked = json.loads(body)
        if path == "/v1/messages/batches":
            requests = [(one["custom_id"], one["params"]) for one in asked["requests"]]
            assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name, _ in requests)
            batch = {"id": f"msgbatch_{len(self.batches):03}", "vendor": "anthropic"}
        elif path == "/v1/batches":
            lines = [json.loads(line) for line in self.files[asked["input_file_id"]].splitlines() if line.strip()]
            assert all(line["url"] == asked["endpoint"] and line["method"] == "POST" for line in lines)
            assert len({line["body"]["model"] for line in lines}) == 1 and asked["completion_window"] == "24h"
            requests = [(line["custom_id"], line["body"]) for line in lines]
            batch = {"id": f"batch_{len(self.batches):03}", "vendor": "openai", "metadata": asked.get("metadata")}
            batch["file"] = asked["input_file_id"]
        else:
            return self.missing()
        assert len({name for name, _ in requests}) == len(requests)
        first = not self.batches
        batch |= {"requests": requests, "polls": 0, "ended": False, "key": key, "fate": None}
        batch["trouble"] = self.options.trouble if first else ""
        self.batches[batch["id"]] = batch
        self.note(created=batch["id"], requests=len(requests))
        if first and self.options.swallow:
            return None
        if first:
            time.sleep(self.options.hold)
        return 200, self.state(batch)

    def end(self, batch):
        if batch["ended"]:
            return
        batch["ended"] = True
        good, bad, counts = [], [], {"succeeded": 0, "errored": 0, "canceled": 0, "expired": 0}
        for place, (name, body) in enumerate(batch["requests"]):
            fate = batch["fate"] or (batch["trouble"] if place % 5 == 4 else "") or "succeeded"
            counts[fate] += 1
            if fate == "succeeded":
                good.append((name, self.answer(body, batch["key"], True)))
            else:
                bad.append((name, fate))
        batch["counts"] = counts
        if batch["vendor"] == "anthropic":
            error = {"type": "error", "error": {"type": "invalid_request_error", "message": "it is not liked"}}
            lines = [{"custom_id": name, "result": {"type": "succeeded", "message": reply}} for name, reply in good]
            lines += [
                {"custom_id": name, "result": {"type": fate} | ({"error": error} if fate == "errored" else {})}
                for name, fate in bad
            ]
            batch["results"] = self.lines(lines)
            return
        lines = [
            {"id": "r", "custom_id": name, "response": {"status_code": 200, "body": reply}, "error": None}
            for name, reply in good
        ]
        if lines:
            self.files["out-" + batch["id"]] = self.lines(lines)
        refusal = {"status_code": 400, "body": {"error": {"message": "it is not liked", "type": "invalid_request_error"}}}
        lines = [
            {"id": "r", "custom_id": name, "response": refusal, "error": None}
            if fate == "errored"
            else {"id": "r", "custom_id": name, "response": None, "error": {"code": "batch_expired", "message": "late"}}
            for name, fate in bad
        ]
        if lines:
            self.files["err-" + batch["id"]] = self.lines(lines)

    @staticmethod
    def lines(lines):
        random.Random(3).shuffle(lines)
        return "".join(json.dumps(line) + "\n" for line in lines).encode()

    def state(self, batch):
        total, ended = len(batch["requests"]), batch["ended"]
        if batch["vendor"] == "anthropic":
            counts = {"processing": 0} | batch["counts"] if ended else {"processing": total}
            return {
                "id": batch["id"],
                "type": "message_batch",
                "processing_status": "ended" if ended else "in_progress",
                "request_counts": {"succeeded": 0, "errored": 0, "canceled": 0, "expired": 0} | counts,
                "results_url": f"https://elsewhere.example/{batch['id']}" if ended else None,
            }
        files = {f"{kind}put_file_id" if kind == "out" else "error_file_id": f"{kind}-{batch['id']}" for kind in ("out", "err")}
        files = {key: name for key, name in files.items() if name in self.files}
        status = ("expired" if batch["trouble"] == "expired" else "completed") if ended else "in_progress"
        counts = {"total": total, "completed": batch["counts"]["succeeded"] if ended else 0, "failed": 0}
        return {
            "id": batch["id"],
            "object": "batch",
            "status": status,
            "metadata": batch["metadata"],
            "input_file_id": batch["file"],
            "request_counts": counts,
        } | files

    def page(self, path, query):
        vendor = "anthropic" if "messages" in path else "openai"
        newest = [batch for batch in reversed(self.batches.values()) if batch["vendor"] == vendor]
        after = (query.get("after_id") or query.get("after") or [None])[0]
        names = [batch["id"] for batch in newest]
        start = names.index(after) + 1 if after in names else 0
        limit = int(query.get("limit", ["20"])[0])
        shown = newest[start : start + limit]
        return {"data": [self.state(batch) for batch in shown], "has_more": start + limit < len(newest)}

    @staticmethod
    def missing():
        return 404, {"error": {"type": "not_found_error", "message": "not found"}}
