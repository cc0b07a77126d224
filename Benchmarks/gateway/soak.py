#!/usr/bin/env python3
"""Mixed load with faults for a while: does memory stay flat, does no descriptor leak, and does the ledger agree with what
the provider served, request by request?

    python3 Benchmarks/gateway/soak.py [--binary .build/release/suffice] [--minutes 30] [--workers 24]

Exits 1 where something does not hold.
"""
import argparse, asyncio, collections, json, os, random, signal, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "Tests", "EndToEndTests", "Gateway", "Clients"))

from faults import Client
from faulty_upstream import Upstream

# Mostly well, as life is.
FAULTS = ["none"] * 60 + ["slow"] * 10 + [
    "reset-before-head", "reset-in-head", "mid-event", "no-last-event", "no-blank-line", "error-in-200", "empty-200",
    "error-mid-stream", "every-byte", "garbage", "400", "401", "429", "500", "529", "leaves-early", "leaves", "leaves",
    "silence", "silence-mid-stream",
]


class Load:
    def __init__(self, client, seed):
        self.client, self.random = client, random.Random(seed)
        self.sent = collections.Counter()
        self.unexpected = collections.Counter()

    async def one(self):
        fault = self.random.choice(FAULTS)
        streams = fault not in ("none", "garbage", "400", "401", "429", "500", "529") or self.random.random() < 0.6
        if fault == "garbage":
            streams = False
        self.sent[fault] += 1
        if fault.startswith("leaves"):
            reader, writer = await self.client.send("slow", True)
            try:
                if fault == "leaves":
                    await reader.readuntil(b"content_block_delta")
                else:
                    await asyncio.sleep(self.random.random() * 0.2)
            except asyncio.IncompleteReadError as error:
                self.unexpected[f"{fault}: {error.partial[:40]}"] += 1
            writer.transport.abort()
            return
        try:
            reply = await self.client.ask(fault, streams)
        except Exception as error:  # Whatever the gateway did to its client is the finding.
            self.unexpected[f"{fault}: {type(error).__name__}"] += 1
            return
        if fault in ("none", "slow", "every-byte") and reply.status != 200:
            self.unexpected[f"{fault}: status {reply.status}"] += 1

    async def worker(self, until):
        while time.monotonic() < until:
            await self.one()


def sample(pid):
    with open(f"/proc/{pid}/status") as file:
        resident = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    return resident / 1024, len(os.listdir(f"/proc/{pid}/fd"))


def journal(folder):
    intents, outcomes = {}, {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name)) as file:
            for text in file:
                line = json.loads(text)
                (intents if line["type"] == "intent" else outcomes)[line["id"]] = line
    return intents, outcomes


def disagreements(intents, outcomes, served):
    """What the ledger says otherwise than the provider."""
    wrong = collections.Counter()
    wrong["intents without an outcome"] += len(intents.keys() - outcomes.keys())
    wrong["outcomes without an intent"] += len(outcomes.keys() - intents.keys())
    attempts = sum(line.get("attempts", 1) for line in outcomes.values())
    wrong["requests that only one side knows"] += abs(attempts - len(served))
    told = {line["replyID"]: line for line in outcomes.values() if "replyID" in line}
    wrong["replies told twice"] += sum("replyID" in line for line in outcomes.values()) - len(told)
    for record in served:
        usage = record["usage"]
        if usage is None:
            continue
        line = told.get(record["id"])
        if line is None:
            # The reader may have left before the reply's first byte was there.
            wrong["replies that the ledger does not know"] += not record["left"]
            continue
        found = line.get("usage") or {}
        names = {"input": "input_tokens", "cacheRead": "cache_read_input_tokens", "output": "output_tokens",
                 "cacheWrite5m": "cache_creation_input_tokens"}
        if any(found.get(key, 0) != usage[name] for key, name in names.items()) and not record["left"]:
            wrong["replies with other tokens"] += 1
    return +wrong


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--binary", default=".build/release/suffice")
    arguments.add_argument("--minutes", type=float, default=30)
    arguments.add_argument("--workers", type=int, default=24)
    arguments.add_argument("--seed", type=int, default=1)
    arguments = arguments.parse_args()
    folder = tempfile.mkdtemp(prefix="suffice-soak-")
    records = f"{folder}/served.jsonl"
    with open(records, "w") as log:
        upstream = Upstream(log)
        port = await upstream.serve()
        with open(f"{folder}/suffice.toml", "w") as file:
            file.write('[serve]\nfirst_byte_ms = 10000\nidle_ms = 10000\n[[upstream]]\nname = "faulty"\n'
                       f'provider = "anthropic"\nurl = "http://127.0.0.1:{port}"\npass_through = true\n')
        gateway = subprocess.Popen(
            [arguments.binary, "serve", "--config", folder, "--port", "0", "--dashboard-port", "0", "--format", "json"],
            stdout=subprocess.PIPE, stderr=open(f"{folder}/log", "w"),
            env=dict(os.environ, HOME=folder, SUFFICE_DATA=f"{folder}/data"))
        text = b""
        while not text.endswith(b"}\n"):
            text += gateway.stdout.readline()
        load = Load(Client(int(json.loads(text)["url"].rsplit(":", 1)[1])), arguments.seed)
        began = time.monotonic()
        until = began + arguments.minutes * 60
        workers = [asyncio.create_task(load.worker(until)) for _ in range(arguments.workers)]
        samples = []
        while time.monotonic() < until:
            await asyncio.sleep(min(10, max(0.1, until - time.monotonic())))
            samples.append((time.monotonic() - began, *sample(gateway.pid)))
            if len(samples) % 30 == 1:
                print("%6.0f s  %6.1f MB  %4d descriptors  %7d requests"
                      % (*samples[-1], sum(load.sent.values())), flush=True)
        await asyncio.gather(*workers)
        for _ in range(100):
            if upstream.replying == 0:
                break
            await asyncio.sleep(0.1)
        await asyncio.sleep(2)
        samples.append((time.monotonic() - began, *sample(gateway.pid)))
        gateway.send_signal(signal.SIGINT)
        status = gateway.wait(60)
    intents, outcomes = journal(f"{folder}/data/gateway")
    with open(records) as file:
        served = [json.loads(line) for line in file]
    wrong = disagreements(intents, outcomes, served)
    early = [one[1] for one in samples[len(samples) // 6 : len(samples) // 3]] or [samples[0][1]]
    late = [one[1] for one in samples[-len(early) - 1 : -1]] or [samples[-1][1]]
    growth = sum(late) / len(late) - sum(early) / len(early)
    print(f"{sum(load.sent.values())} requests, {len(served)} reached the provider, {len(intents)} intents, "
          f"{len(outcomes)} outcomes; exit {status}")
    print(f"memory: {early[0]:.1f} MB after a sixth of the time, {late[-1]:.1f} MB at the end, {growth:+.1f} MB between")
    print(f"descriptors: {min(one[2] for one in samples)} to {max(one[2] for one in samples)}, "
          f"{samples[-1][2]} when all was over")
    for what, count in [*wrong.items(), *load.unexpected.items()]:
        print(f"WRONG: {what}: {count}")
    sys.exit(1 if wrong or load.unexpected or status else 0)


asyncio.run(main())
