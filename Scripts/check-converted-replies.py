#!/usr/bin/env python3
"""Checks with the providers' own SDKs that converted replies say what the originals say.

`make test` runs it on every recorded reply that lies beside the repository, in each format (ConvertedReplyTests).

Each file of the folder it is given is one reply, named NUMBER.UPSTREAM.KIND.CLIENT: KIND is stream, whole or cut (a
stream that breaks off). The original has the same UPSTREAM and CLIENT. Every file is served from the loopback address
and read with the SDK of its CLIENT; a cut one must end as an error there.
"""
import collections
import http.server
import json
import pathlib
import sys
import threading

import anthropic
import openai

PROMPT = [{"role": "user", "content": "hello"}]
# What each format says of why it stopped, in one word.
STOPS = {
    "end_turn": "end", "stop_sequence": "end", "pause_turn": "end", "stop": "end", "completed": "end",
    "tool_use": "tools", "tool_calls": "tools",
    "max_tokens": "limit", "length": "limit", "max_output_tokens": "limit",
    "refusal": "refusal", "content_filter": "refusal",
}


class Replies(http.server.BaseHTTPRequestHandler):
    """Answers every request with the reply that is looked at."""

    protocol_version = "HTTP/1.1"
    body, is_stream = b"", False

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream" if Replies.is_stream else "application/json")
        self.send_header("content-length", str(len(Replies.body)))
        self.end_headers()
        self.wfile.write(Replies.body)

    def log_message(self, *_):
        pass


class BrokenOff(Exception):
    pass


def arguments(text):
    """Arguments that compare; those a limit cut off compare only as such."""
    try:
        return json.dumps(json.loads(text or "{}"), sort_keys=True)
    except ValueError:
        return "cut"


def read_messages(client, is_stream):
    request = dict(model="m", max_tokens=10, messages=PROMPT)
    if is_stream:
        with client.beta.messages.stream(**request) as stream:
            message = stream.get_final_message()
    else:
        message = client.beta.messages.create(**request)
    used, blocks = message.usage, message.content
    cached, written = used.cache_read_input_tokens or 0, used.cache_creation_input_tokens or 0
    return dict(
        text="".join(b.text for b in blocks if b.type == "text"),
        thinking="".join(b.thinking for b in blocks if b.type == "thinking"),
        tools=[(b.name, json.dumps(b.input, sort_keys=True)) for b in blocks if b.type == "tool_use"],
        stop=message.stop_reason,
        tokens=(used.input_tokens + cached + written, cached, used.output_tokens),
        model=message.model,
    )


def read_chat(client, is_stream):
    request = dict(model="m", messages=PROMPT)
    if is_stream:
        # The chunks themselves: the SDK's helper refuses replies that a limit or a filter ended.
        stop, used, model, text, thinking, calls = None, None, "", "", "", {}
        for chunk in client.chat.completions.create(**request, stream=True):
            assert chunk.object == "chat.completion.chunk"
            model, used = chunk.model, chunk.usage or used
            for choice in chunk.choices:
                delta, stop = choice.delta, choice.finish_reason or stop
                text += (delta.content or "") + (delta.refusal or "")
                thinking += getattr(delta, "reasoning_content", None) or ""
                for call in delta.tool_calls or []:
                    known = calls.setdefault(call.index, ["", ""])
                    known[0] = call.function.name or known[0]
                    known[1] += call.function.arguments or ""
        tools = [(name, arguments(written)) for name, written in calls.values()]
    else:
        completion = client.chat.completions.create(**request)
        message = completion.choices[0].message
        stop, used, model = completion.choices[0].finish_reason, completion.usage, completion.model
        text = (message.content or "") + (message.refusal or "")
        thinking = getattr(message, "reasoning_content", None) or ""
        tools = [(c.function.name, arguments(c.function.arguments)) for c in message.tool_calls or []]
    details = used and used.prompt_tokens_details
    return dict(
        text=text, thinking=thinking, tools=tools,
        # Some servers end calls with another word, or with none.
        stop="tool_calls" if tools and stop in (None, "stop") else stop,
        tokens=(used.prompt_tokens, details and details.cached_tokens or 0, used.completion_tokens) if used else (0, 0, 0),
        model=model,
    )


def read_responses(client, is_stream):
    if is_stream:
        response = None
        with client.responses.stream(model="m", input="hello") as stream:
            for event in stream:
                if event.type in ("response.completed", "response.incomplete", "response.failed"):
                    response = event.response
        if response is None or response.status == "failed":
            raise BrokenOff(response and response.error.message)
    else:
        response = client.responses.create(model="m", input="hello")
    text, thinking, tools = "", [], []
    for item in response.output:
        if item.type == "message":
            text += "".join(getattr(part, "text", None) or getattr(part, "refusal", "") for part in item.content)
        elif item.type == "reasoning":
            thinking += [summary.text for summary in item.summary]
        elif item.type == "function_call":
            tools.append((item.name, arguments(item.arguments)))
    used = response.usage
    stop = response.incomplete_details.reason if response.incomplete_details else response.status
    return dict(
        text=text, thinking="\n\n".join(thinking), tools=tools,
        stop="tool_calls" if tools and stop == "completed" else stop,
        tokens=(used.input_tokens, used.input_tokens_details.cached_tokens, used.output_tokens),
        model=response.model,
    )


def differences(original, told):
    for field in ("text", "thinking", "tools", "tokens"):
        # A limit cuts arguments off: the SDKs make different things of the rest.
        is_cut = field == "tools" and STOPS[told["stop"]] == "limit" and len(told[field]) == len(original[field])
        if original[field] != told[field] and not is_cut:
            yield f"{field}: {original[field]!r} became {told[field]!r}"
    if STOPS[original["stop"]] != STOPS[told["stop"]]:
        yield f"stop: {original['stop']} became {told['stop']}"
    if told["model"] != "shown-model":
        yield f"model: {told['model']}"


def main(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Replies)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    claude = anthropic.Anthropic(api_key="none", base_url=url, max_retries=0)
    gpt = openai.OpenAI(api_key="none", base_url=f"{url}/v1", max_retries=0)
    readers = {
        "messages": lambda is_stream: read_messages(claude, is_stream),
        "chat-completions": lambda is_stream: read_chat(gpt, is_stream),
        "responses": lambda is_stream: read_responses(gpt, is_stream),
    }

    def read(path, kind):
        # Some recordings have lost the blank line that ends their last event.
        Replies.body, Replies.is_stream = path.read_bytes() + b"\n\n", kind != "whole"
        return readers[path.name.split(".")[3]](Replies.is_stream)

    counts, failures = collections.Counter(), 0
    for path in sorted(folder.iterdir()):
        number, upstream, kind, client = path.name.split(".")
        if kind == "cut":
            try:
                found = [f"no error: {read(path, kind)}"]
            except (anthropic.APIStatusError, openai.APIError, BrokenOff):
                found = []
        elif upstream == client:
            continue
        else:
            original = read(path.with_name(f"{number}.{upstream}.{kind}.{upstream}"), kind)
            found = list(differences(original, read(path, kind)))
        counts[upstream, client, kind, not found] += 1
        failures += bool(found)
        for line in found:
            print(f"{path.name}: {line}")
    for (upstream, client, kind, is_equal), count in sorted(counts.items()):
        print(f"{upstream} to {client}, {kind}: {count} {'equal' if is_equal else 'DIFFERENT'}")
    return 1 if failures or not counts else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
