"""Drives the official SDKs through a gateway: tool use over two turns in three APIs, streaming and not.

Prints a line of JSON for each conversation: its name, and what was wrong with it (nothing, where all is well).
"""

import argparse
import itertools
import json

import anthropic
import openai

from upstream import CACHED, CALLS, OUTPUT, PREFACE, TEXT, UNCACHED, WRITTEN

QUESTION = "How warm is it in Paris, and what time is it?"
SCHEMAS = {
    "get_weather": {
        "type": "object",
        "properties": {"city": {"type": "string"}, "days": {"type": "array", "items": {"type": "integer"}}},
        "required": ["city"],
    },
    "get_time": {"type": "object", "properties": {}},
}
RESULTS = {"get_weather": "21 degrees", "get_time": "12:00"}


class Wrong(Exception):
    pass


def expect(what, found, wanted):
    if found != wanted:
        raise Wrong(f"{what}: {found!r} instead of {wanted!r}")


def expect_calls(calls):
    """Calls as (id, name, arguments)."""
    expect("tool calls", [(name, arguments) for _, name, arguments in calls], CALLS)
    ids = [id for id, _, _ in calls]
    expect("ids that differ", len(set(ids)), len(ids))


def messages(url, model, streams, written):
    client = anthropic.Anthropic(base_url=url, api_key="sk-ant-api03-test", max_retries=0)
    tools = [{"name": name, "description": name, "input_schema": schema} for name, schema in SCHEMAS.items()]

    def ask(conversation):
        system = [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}]
        request = dict(model=model, max_tokens=500, messages=conversation, tools=tools, system=system)
        if not streams:
            return client.messages.create(**request)
        with client.messages.stream(**request) as stream:
            text = "".join(stream.text_stream)
            message = stream.get_final_message()
        expect("streamed text", text, "".join(block.text for block in message.content if block.type == "text"))
        return message

    def check(message, text, stop):
        expect("model", message.model, model)
        expect("text", "".join(block.text for block in message.content if block.type == "text"), text)
        expect("stop reason", message.stop_reason, stop)
        usage = message.usage
        expect(
            "usage",
            (usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens or 0),
            (UNCACHED, CACHED, written),
        )
        expect("output tokens", usage.output_tokens, OUTPUT)

    conversation = [{"role": "user", "content": QUESTION}]
    first = ask(conversation)
    check(first, PREFACE, "tool_use")
    calls = [(block.id, block.name, block.input) for block in first.content if block.type == "tool_use"]
    expect_calls(calls)
    answers = [{"type": "tool_result", "tool_use_id": id, "content": RESULTS[name]} for id, name, _ in calls]
    conversation += [{"role": "assistant", "content": first.content}, {"role": "user", "content": answers}]
    check(ask(conversation), TEXT, "end_turn")


def chat(url, model, streams, written):
    client = openai.OpenAI(base_url=url + "/v1", api_key="sk-test", max_retries=0)
    tools = [{"type": "function", "function": {"name": name, "parameters": s}} for name, s in SCHEMAS.items()]

    def ask(conversation):
        request = dict(model=model, max_completion_tokens=500, messages=conversation, tools=tools)
        if not streams:
            return client.chat.completions.create(**request)
        with client.chat.completions.stream(**request, stream_options={"include_usage": True}) as stream:
            for _ in stream:
                pass
            return stream.get_final_completion()

    def check(completion, text, finish):
        expect("model", completion.model, model)
        expect("text", completion.choices[0].message.content, text)
        expect("finish reason", completion.choices[0].finish_reason, finish)
        usage = completion.usage
        expect("prompt tokens", usage.prompt_tokens, UNCACHED + CACHED + written)
        expect("cached tokens", usage.prompt_tokens_details.cached_tokens, CACHED)
        expect("completion tokens", usage.completion_tokens, OUTPUT)

    conversation = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": QUESTION}]
    first = ask(conversation)
    check(first, PREFACE, "tool_calls")
    message = first.choices[0].message
    calls = [(call.id, call.function.name, json.loads(call.function.arguments)) for call in message.tool_calls]
    expect_calls(calls)
    said = {"role": "assistant", "content": message.content}
    said["tool_calls"] = [
        {"id": id, "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
        for id, name, arguments in calls
    ]
    conversation += [said] + [{"role": "tool", "tool_call_id": id, "content": RESULTS[name]} for id, name, _ in calls]
    check(ask(conversation), TEXT, "stop")


def responses(url, model, streams, written):
    client = openai.OpenAI(base_url=url + "/v1", api_key="sk-test", max_retries=0)
    tools = [{"type": "function", "name": name, "parameters": s, "strict": False} for name, s in SCHEMAS.items()]

    def ask(conversation):
        request = dict(model=model, input=conversation, tools=tools, instructions="Be brief.", store=False)
        if not streams:
            return client.responses.create(**request)
        with client.responses.stream(**request) as stream:
            text = "".join(event.delta for event in stream if event.type == "response.output_text.delta")
            response = stream.get_final_response()
        expect("streamed text", text, response.output_text)
        return response

    def check(response, text):
        expect("model", response.model, model)
        expect("status", response.status, "completed")
        expect("text", response.output_text, text)
        usage = response.usage
        expect("input tokens", usage.input_tokens, UNCACHED + CACHED + written)
        expect("cached tokens", usage.input_tokens_details.cached_tokens, CACHED)
        expect("output tokens", usage.output_tokens, OUTPUT)

    conversation = [{"role": "user", "content": QUESTION}]
    first = ask(conversation)
    check(first, PREFACE)
    calls = [
        (item.call_id, item.name, json.loads(item.arguments)) for item in first.output if item.type == "function_call"
    ]
    expect_calls(calls)
    conversation += [item.model_dump(exclude_none=True) for item in first.output]
    conversation += [
        {"type": "function_call_output", "call_id": id, "output": RESULTS[name]} for id, name, _ in calls
    ]
    check(ask(conversation), TEXT)


APIS = {"messages": messages, "chat": chat, "responses": responses}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--anthropic", required=True, help="a model that the Anthropic upstream serves")
    parser.add_argument("--openai", required=True, help="a model that the OpenAI upstream serves")
    options = parser.parse_args()
    # The upstream says what its own API can say: only Anthropic's tells of cache writes here.
    models = {"anthropic": (options.anthropic, WRITTEN), "openai": (options.openai, 0)}
    for (api, talk), provider, streams in itertools.product(APIS.items(), models, (False, True)):
        model, written = models[provider]
        wrong = None
        try:
            talk(options.url, model, streams, written)
        except Exception as error:  # Whatever an SDK raises is the finding.
            wrong = f"{type(error).__name__}: {error}"
        name = f"{api} from {provider}, {'streamed' if streams else 'whole'}"
        print(json.dumps({"name": name, "wrong": wrong}), flush=True)
