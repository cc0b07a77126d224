#!/usr/bin/env python3
"""Writes the logs of a made-up person: a few projects, three months of coding sessions, all from a seed.

usage: made_up_home.py HOME

Nothing of it comes from a real agent. Projects are folders below HOME, so that rules can be applied to them.
"""
import datetime
import json
import pathlib
import random
import sys

START = datetime.datetime(2026, 8, 10)
DAYS = 84
TOOLS = ["Read", "Grep", "Edit", "Bash", "Bash", "Read", "Write", "mcp__tracker__find_issue"]


def compact(value):
    return json.dumps(value, separators=(",", ":"))


class Writer:
    """Writes one session as Claude Code logs it."""

    def __init__(self, home, project, number, start):
        self.name = f"{number:08x}-5a1e-4000-8000-{number * 7919:012x}"
        self.project = str(home / project)
        self.time = start
        self.lines = []
        self.calls = 0
        self.cached = 0
        self.number = number

    def add(self, kind, **fields):
        stamp = self.time.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        line = {"type": kind, "sessionId": self.name, "uuid": f"{self.number}-{len(self.lines)}", "timestamp": stamp}
        self.lines.append(compact({**line, "cwd": self.project, "version": "2.1.329", **fields}))

    def prompt(self, text):
        self.add("user", message={"role": "user", "content": text})

    def call(self, model, new, output, tool=None, command="ls", error=False, pause=20):
        """A call that brings so many new tokens into the prompt; a pause beyond five minutes loses the cache."""
        lost = pause > 300
        self.time += datetime.timedelta(seconds=pause)
        usage = {"input_tokens": 4, "output_tokens": output}
        usage["cache_read_input_tokens"] = 0 if lost else self.cached
        usage["cache_creation_input_tokens"] = self.cached + new if lost else new
        self.cached += new
        name = f"{self.number}_{self.calls}"
        self.calls += 1
        content = [{"type": "text", "text": "x" * (output * 3)}]
        if tool:
            content = [{"type": "tool_use", "id": f"toolu_{name}", "name": tool, "input": {"command": command}}]
        message = {"id": f"msg_{name}", "type": "message", "role": "assistant", "model": model, "content": content}
        message |= {"stop_reason": "tool_use" if tool else "end_turn", "usage": usage}
        self.add("assistant", requestId=f"req_{name}", message=message)
        if tool:
            result = {"type": "tool_result", "tool_use_id": f"toolu_{name}", "is_error": error}
            result["content"] = "exit code 1" if error else "done"
            self.add("user", message={"role": "user", "content": [result]})

    def write(self, home):
        folder = home / ".claude/projects" / self.project.replace("/", "-")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.jsonl").write_text("\n".join(self.lines) + "\n")


def look_up(chance, session, model):
    """A question, a look or two, and an answer: work that a small model does."""
    session.prompt("where is the tide table read?")
    session.call(model, 21_000, 90, "Grep", "tide")
    session.call(model, 900, 80, "Read", "tides.py")
    session.call(model, 1_400, 150)


def feature(chance, session, model):
    """Hours of edits and test runs, with a pause or two."""
    for task in range(chance.randrange(2, 5)):
        session.prompt(f"task {task}: add the next part")
        for step in range(chance.randrange(8, 26)):
            pause = 1_500 if chance.random() < 0.03 else chance.randrange(6, 60)
            new = 21_000 if session.cached == 0 else chance.randrange(300, 3_800)
            session.call(model, new, chance.randrange(90, 1_400), chance.choice(TOOLS), f"step {task} {step}", pause=pause)
        session.call(model, 500, 350)


def stuck(chance, session, model):
    """The same command fails again and again."""
    session.prompt("make the tests pass")
    session.call(model, 22_000, 120, "Read", "test_tides.py")
    for _ in range(5):
        session.call(model, 700, 110, "Bash", "make test", error=True)
    session.call(model, 2_000, 700, "Edit", "tides.py")
    session.call(model, 700, 90, "Bash", "make test")
    session.call(model, 400, 200)


def main():
    home = pathlib.Path(sys.argv[1]).resolve()
    chance = random.Random(20261103)
    number = 1
    for project in ["harbour", "weather", "bakery-site"]:
        (home / project).mkdir(parents=True, exist_ok=True)
    for day in range(DAYS):
        if (START + datetime.timedelta(days=day)).weekday() > 4:
            continue
        for _ in range(chance.randrange(1, 4)):
            kind, project, model = chance.choices(
                [
                    (look_up, "harbour", "claude-opus-4-8"), (look_up, "weather", "claude-opus-5"),
                    (feature, "harbour", "claude-opus-4-8"), (feature, "weather", "claude-sonnet-5"),
                    (feature, "bakery-site", "claude-haiku-4-5"), (stuck, "harbour", "claude-opus-4-8"),
                ],
                [5, 3, 3, 3, 1, 1],
            )[0]
            start = START + datetime.timedelta(days=day, hours=8 + chance.randrange(9), minutes=chance.randrange(60))
            session = Writer(home, project, number, start)
            kind(chance, session, model)
            session.write(home)
            number += 1


main()
