"""The official client talks to `suffice mcp`: one line of JSON for every check, `wrong` where it does not hold.

usage: conversation.py SUFFICE
"""

import asyncio
import json
import sys

import anyio
from mcp import Client, MCPError, StdioServerParameters

SERVER = StdioServerParameters(command=sys.argv[1], args=["mcp"], env=dict(__import__("os").environ))


def check(name, holds, seen=None):
    print(json.dumps({"name": name, "wrong": None if holds else f"saw {seen!r}"}), flush=True)


async def converse(mode, version):
    def named(name):
        return f"{mode}: {name}"

    async with Client(SERVER, mode=mode) as client:
        check(named("version"), client.protocol_version == version, client.protocol_version)
        check(named("server"), client.server_info.name == "suffice", client.server_info)
        tools = (await client.list_tools()).tools
        names = [tool.name for tool in tools]
        wanted = ["should_downgrade_for_task", "get_findings", "get_spend", "explain_decision"]
        check(named("tools"), names == wanted, names)

        spend = await client.call_tool("get_spend", {"by": "model"})
        check(named("spend"), spend.structured_content["totals"]["calls"] == 2, spend)
        check(named("text too"), json.loads(spend.content[0].text) == spend.structured_content, spend)
        findings = await client.call_tool("get_findings", {"since": "all"})
        while findings.structured_content.get("pending"):
            await anyio.sleep(0.05)
            findings = await client.call_tool("get_findings", {"since": "all"})
        check(named("findings"), findings.structured_content["callsAnalyzed"] == 2, findings)
        advice = await client.call_tool(
            "should_downgrade_for_task",
            {"prompt": "git status please", "model": "claude-opus-4-8", "project": "/code/app", "files": ["README.md"]},
        )
        said = advice.structured_content
        check(named("downgrade"), said["downgrade"] is True and "haiku" in said["target"], said)
        keys = {"downgrade", "target", "confidence", "reasons", "evidence", "savingUSD", "switchPaysNow"}
        check(named("keys"), keys <= set(said) and set(said["evidence"]) == {"sessions", "verdict"}, said)
        kept = await client.call_tool(
            "should_downgrade_for_task",
            {"prompt": "design a lock-free queue and prove that it is linearizable", "model": "claude-opus-4-8"},
        )
        check(named("no downgrade"), kept.structured_content["downgrade"] is False, kept)
        decision = await client.call_tool("explain_decision", {"prompt": "git status please"})
        check(named("decision"), decision.structured_content["reason"] == "pattern", decision)

        for arguments in [{}, {"prompt": 7}, {"prompt": " "}, {"prompt": "x", "moon": 1}, {"prompt": "x", "files": "a"}]:
            bad = await client.call_tool("should_downgrade_for_task", arguments)
            check(named(f"bad arguments {arguments}"), bad.is_error and bad.content[0].text, bad)
        bad = await client.call_tool("get_spend", {"since": "yesteryear"})
        check(named("bad time"), bad.is_error and "is no time" in bad.content[0].text, bad)
        try:
            check(named("unknown tool"), False, await client.call_tool("no_such_tool", {}))
        except MCPError as error:
            check(named("unknown tool"), error.code == -32602, error)

        # A question taken back leaves the conversation whole.
        for _ in range(20):
            with anyio.move_on_after(0.0005):
                await client.call_tool("get_findings", {"since": "all"})
        again = await client.call_tool("get_spend", {})
        check(named("after cancelling"), again.structured_content["totals"]["calls"] == 2, again)

        answers = await asyncio.gather(*(client.call_tool("get_spend", {"by": "day"}) for _ in range(20)))
        check(named("many at once"), all(not answer.is_error for answer in answers))


async def two_at_once():
    async with Client(SERVER) as first, Client(SERVER, mode="legacy") as second:
        answers = await asyncio.gather(
            *(client.call_tool("get_spend", {}) for client in [first, second] for _ in range(5))
        )
        totals = {json.dumps(answer.structured_content["totals"]) for answer in answers}
        check("two clients at once", len(totals) == 1, totals)


async def main():
    await converse("auto", "2026-07-28")
    await converse("legacy", "2025-11-25")
    await two_at_once()


asyncio.run(main())
