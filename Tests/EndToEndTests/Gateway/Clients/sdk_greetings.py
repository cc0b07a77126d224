"""Asks each API for a greeting through a gateway, with models of both providers, streaming and not.

Prints a line of JSON for each: its name and the text the SDK made of the reply, or what it raised.
"""

import argparse
import itertools
import json

import anthropic
import openai


def messages(url, model, streams):
    client = anthropic.Anthropic(base_url=url, api_key="sk-ant-api03-test", max_retries=0)
    request = dict(model=model, max_tokens=100, messages=[{"role": "user", "content": "Good morning."}])
    if not streams:
        return client.messages.create(**request).content[0].text
    with client.messages.stream(**request) as stream:
        return stream.get_final_text()


def chat(url, model, streams):
    client = openai.OpenAI(base_url=url + "/v1", api_key="sk-test", max_retries=0)
    request = dict(model=model, messages=[{"role": "user", "content": "Good morning."}])
    if not streams:
        return client.chat.completions.create(**request).choices[0].message.content
    with client.chat.completions.stream(**request) as stream:
        return stream.get_final_completion().choices[0].message.content


def responses(url, model, streams):
    client = openai.OpenAI(base_url=url + "/v1", api_key="sk-test", max_retries=0)
    if not streams:
        return client.responses.create(model=model, input="Good morning.").output_text
    with client.responses.stream(model=model, input="Good morning.") as stream:
        return stream.get_final_response().output_text


APIS = {"messages": messages, "chat": chat, "responses": responses}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("models", nargs="+")
    options = parser.parse_args()
    for (api, ask), model, streams in itertools.product(APIS.items(), options.models, (False, True)):
        name = f"{api} on {model}, {'streamed' if streams else 'whole'}"
        try:
            said = {"text": ask(options.url, model, streams)}
        except Exception as error:  # Whatever an SDK raises is the finding.
            said = {"wrong": f"{type(error).__name__}: {error}"}
        print(json.dumps({"name": name, **said}), flush=True)
