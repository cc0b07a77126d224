#!/usr/bin/env python3
"""Times the local pages beside `cat` on the same logs; standard library only.

usage: dashboard.py [--binary .build/release/suffice] [--logs HOME | --source HOME] [--megabytes 600] [--runs 5]
                    [--browser]

--source is a home folder whose Claude Code logs are copied under new ids until there are enough (make-logs.py);
--logs is a home folder that is large enough as it is. A made-up session of 1,600 calls is read with them. Server times
are those that the pages tell themselves (`Server-Timing`). --browser measures how smoothly that session scrolls, too: it
needs Chromium and Python's playwright.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

here = pathlib.Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("--binary", default=str(here.parent / ".build/release/suffice"))
parser.add_argument("--logs")
parser.add_argument("--source", default=str(pathlib.Path.home()))
parser.add_argument("--megabytes", type=int, default=600)
parser.add_argument("--runs", type=int, default=5)
parser.add_argument("--browser", action="store_true")
options = parser.parse_args()
binary = str(pathlib.Path(options.binary).resolve())
SESSION = "00001600-0000-4000-8000-000000000000"


def line(number, session=SESSION):
    """A call of the made-up session: its prompt grows, its cache breaks now and then, its tools vary."""
    minute, second = divmod(number * 7, 60)
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(1_790_000_000 + minute * 60 + second))
    tool = ["Bash", "Read", "Edit", "Grep", "mcp__tracker__search_issues"][number % 5]
    misses = number % 97 == 96
    usage = {"input_tokens": 4, "output_tokens": 150 + number % 300}
    usage["cache_read_input_tokens"] = 0 if misses else 20_000 + number * 90
    usage["cache_creation_input_tokens"] = 20_090 + number * 90 if misses else 90
    content = [{"type": "tool_use", "id": f"toolu_{number}x{session[:8]}", "name": tool, "input": {"command": f"step {number}"}}]
    message = {"id": f"msg_{number}x{session[:8]}", "type": "message", "role": "assistant", "model": "claude-opus-4-8"}
    message |= {"content": content, "stop_reason": "tool_use", "usage": usage}
    call = {"type": "assistant", "sessionId": session, "uuid": f"u{number}", "requestId": f"req_{number}x{session[:8]}"}
    call |= {"timestamp": stamp, "cwd": "/code/made-up", "version": "2.1.219", "message": message}
    prompt = {"type": "user", "sessionId": session, "uuid": f"p{number}", "timestamp": stamp, "cwd": "/code/made-up"}
    prompt |= {"version": "2.1.219", "message": {"role": "user", "content": f"task {number}"}}
    return (json.dumps(prompt) + "\n" if number % 40 == 0 else "") + json.dumps(call) + "\n"


class Dashboard:
    def __init__(self, environment):
        command = [binary, "dashboard", "--port", "0", "--format", "json"]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        told = ""
        while not told.endswith("\n}\n"):
            more = self.process.stdout.readline()
            if not more:
                sys.exit("suffice dashboard ended before it listened")
            told += more
        self.url = json.loads(told)["url"]

    def page(self, path):
        """The milliseconds the server took, the page's bytes, and whether something is still being worked out."""
        reply = urllib.request.urlopen(self.url + path)
        body = reply.read()
        return float(re.search(r"dur=([0-9.]+)", reply.headers["Server-Timing"])[1]), len(body), b"data-pending" in body

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def spread(values):
    return f"median {statistics.median(values):7.1f} ms  (min {min(values):.1f}, max {max(values):.1f})"


FRAMES = """(steps) => new Promise((done) => {
    const times = []; let last = performance.now(), step = 0;
    const frame = (now) => {
        times.push(now - last); last = now;
        if (++step > steps) { done(times.slice(1)); return; }
        scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * step / steps);
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
})"""


def scroll(url):
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for width in [1440, 390]:
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto("about:blank")
            page.set_content("<body style='height:60000px'></body>")
            empty = page.evaluate(FRAMES, 240)
            page.goto(url)
            page.wait_for_timeout(500)
            session = page.evaluate(FRAMES, 240)
            page.close()
            for name, frames in [("an empty page", empty), ("the session", session)]:
                frames = sorted(frames)
                late = sum(frame > 50 for frame in frames)
                print(
                    f"scrolling {name:13} at {width:4}  median {statistics.median(frames):5.1f} ms a frame, "
                    f"95% {frames[int(len(frames) * 0.95)]:.1f}, longest {frames[-1]:.1f}, {late} of {len(frames)} over 50"
                )
        browser.close()


scratch = pathlib.Path(tempfile.mkdtemp(prefix="suffice-dashboard-"))
try:
    home = scratch / "home"
    if options.logs:
        (home / ".claude/projects").mkdir(parents=True)
        for place in pathlib.Path(options.logs, ".claude/projects").iterdir():
            (home / ".claude/projects" / place.name).symlink_to(place)
        logs = pathlib.Path(options.logs)
    else:
        make = [sys.executable, str(here / "make-logs.py"), options.source, str(home), str(options.megabytes)]
        subprocess.run(make, check=True)
        logs = home
    own = home / ".claude/projects/-code-made-up" / f"{SESSION}.jsonl"
    own.parent.mkdir(parents=True)
    own.write_text("".join(line(number) for number in range(1600)))
    files = [str(path) for path in (logs / ".claude/projects").rglob("*.jsonl")]
    listing = scratch / "files"
    listing.write_bytes(b"\0".join(path.encode() for path in files))
    environment = {**os.environ, "HOME": str(home), "SUFFICE_DATA": str(scratch / "data"), "SUFFICE_CONFIG": str(scratch)}
    for name in ("CLAUDE_CONFIG_DIR", "CODEX_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        environment.pop(name, None)
    spend = [binary, "spend", "--since", "all", "--format", "json"]
    calls = json.loads(subprocess.run(spend, env=environment, stdout=subprocess.PIPE, check=True).stdout)["totals"]["calls"]
    print(f"{len(files)} files, {sum(map(os.path.getsize, files)) / 1e6:.0f} MB, {calls:,} calls; {os.cpu_count()} cores")

    cats, first, later, fresh, session = [], [], [], [], []
    session_path = f"/session?agent=claude-code&id={SESSION}"
    for run in range(options.runs):
        start = time.perf_counter()
        subprocess.run(["xargs", "-0", "-a", str(listing), "cat"], stdout=subprocess.DEVNULL, check=True)
        cats.append((time.perf_counter() - start) * 1000)
        with Dashboard(environment) as dashboard:
            first.append(dashboard.page("/")[0])
            while dashboard.page("/")[2]:
                time.sleep(0.05)
            later.append(dashboard.page("/")[0])
            with own.open("a") as log:
                log.write(line(1600 + run))
            # Logs are looked at again half a second after the last time.
            time.sleep(0.6)
            fresh.append(dashboard.page("/")[0])
            session.append(dashboard.page(session_path)[0])
    print(f"cat FILES >/dev/null                    {spread(cats)}")
    for name, times in [
        ("first page, asked at once after start", first), ("the page again", later), ("the page after a new call", fresh),
        ("a session of 1,600 calls", session),
    ]:
        ratio = statistics.median(a / b for a, b in zip(times, cats))
        print(f"{name:39} {spread(times)}  {ratio:.2f} of cat")
    if options.browser:
        with Dashboard(environment) as dashboard:
            scroll(dashboard.url + session_path)
finally:
    shutil.rmtree(scratch)
