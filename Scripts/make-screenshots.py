#!/usr/bin/env python3
"""Takes a picture of every local page, wide and narrow, light and dark, of a made-up home.

usage: make-screenshots.py BINARY [FOLDER]

FOLDER is Docs/Screenshots unless it is named. The home is written by made_up_home.py and by the scripts of the tests:
studies ask a provider with a script on this machine, a rule is applied, a router is calibrated on made-up ratings. What
the browser is driven with is installed below .build.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTS = ROOT / "Tests/EndToEndTests"
REQUIREMENTS = TESTS / "Dashboard/Clients/requirements.txt"
PLACE = ROOT / ".build/python-screenshots"
TALLEST = {1440: 1500, 390: 1900}
LARGEST = 150_000


def inside_environment():
    """Runs this script again with what it needs."""
    python = PLACE / "bin/python"
    if pathlib.Path(sys.prefix).resolve() == PLACE.resolve():
        return
    if not (PLACE / "whole").exists():
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
        (PLACE / "whole").touch()
    os.execv(python, [str(python), *sys.argv])


class Person:
    """A made-up home and what suffice keeps of it."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.home = folder / "ada"
        self.data = folder / "data"
        self.home.mkdir()
        shutil.copytree(ROOT / "Sample/gateway", self.data / "gateway")
        self.environment = {
            "HOME": str(self.home), "SUFFICE_DATA": str(self.data), "TZ": "UTC", "PATH": os.environ["PATH"],
            "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""), "SCRIPTED_KEY": "made-up",
        }

    def run(self, *arguments):
        command = [str(self.binary), *arguments]
        done = subprocess.run(command, env=self.environment, cwd=self.home, stdout=subprocess.PIPE, check=True, text=True)
        return json.loads(done.stdout)

    def start(self, *command):
        return subprocess.Popen(command, env=self.environment, cwd=self.home, stdout=subprocess.PIPE, text=True)

    def findings(self):
        report = self.run("optimize", "--since", "all", "--format", "json")
        return [finding for finding in report["findings"] if finding["status"] == "found"]


def live_through(person):
    """Three months of sessions, three studies, a rule and a router."""
    subprocess.run([sys.executable, ROOT / "Scripts/made_up_home.py", person.home], check=True)
    subprocess.run([sys.executable, TESTS / "Validate/Scripts/history.py", person.home, "14", "10"], check=True)
    chances = {"claude-opus-4-5": 0.95, "claude-haiku-4-5": 0.62, "claude-sonnet-4-5": 0.96, "claude-opus-5-5": 0.94}
    provider = person.start(
        sys.executable, str(TESTS / "Validate/Scripts/provider.py"), "--log", str(person.data / "asked.jsonl"),
        *(f"{model}={chance}" for model, chance in chances.items()),
    )
    try:
        port = provider.stdout.readline().strip()
        settings = person.home / ".config/suffice/suffice.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(
            f'[[upstream]]\nname = "anthropic"\nprovider = "anthropic"\nurl = "http://127.0.0.1:{port}"\n'
            'key_env = "SCRIPTED_KEY"\n\n[[budget]]\nscope = "app:ci"\nwindow = "day"\nusd = 5.0\n'
        )
        sessions = [path.stem for path in sorted((person.home / ".claude/projects/-work-app").glob("*.jsonl"))]
        study = ["--yes", "--samples", "140", "--format", "json"]
        person.run("validate", *sessions, "--target", "claude-haiku-4-5", *study)
        person.run("validate", *sessions, "--target", "claude-sonnet-4-5", *study)
        newer = next(f for f in person.findings() if f["kind"] == "same-tier-cheaper" and f["scope"]["project"] == "/code/app")
        person.run("validate", newer["id"], "--since", "all", *study)
    finally:
        provider.terminate()
        provider.wait()
    small = next(f for f in person.findings() if f["kind"] == "retry-loop")
    person.run("rules", "apply", small["id"], "--yes", "--format", "json")
    ratings = person.data / "ratings.jsonl"
    ratings.write_text("".join(json.dumps(row) + "\n" for row in rated(random.Random(3))))
    person.run("router", "train", str(ratings), "--format", "json")
    person.run("router", "calibrate", str(ratings), "--dial", "0.5", "--format", "json")


def rated(chance):
    """Prompts that a cheap model does, and prompts that it does not."""
    for number in range(600):
        hard = chance.random() < 0.45
        text = "prove that the schedule is never blocked, and say why" if hard else "list the files that name the tide table"
        scores = {"claude-haiku-4-5": 0.35 if hard else 0.9, "claude-opus-4-8": 0.9 if hard else 0.93}
        costs = {"claude-haiku-4-5": 0.004, "claude-opus-4-8": 0.021}
        yield {
            "id": str(number), "prompt": f"{text}, case {chance.randrange(10**6)} {'and its proof' * chance.randrange(3)}",
            "results": [
                {"model": model, "score": float(chance.random() < score), "costUSD": costs[model]}
                for model, score in scores.items()
            ],
        }


def pages(url):
    """Every page by its name, and one session, one finding and one study."""
    def report(name):
        return json.load(urllib.request.urlopen(f"{url}/file?report={name}&format=json"))

    def quoted(text):
        return urllib.request.quote(text, safe="")

    places = {"overview": "/"}
    for name in ["findings", "sessions", "proof", "rules", "routing", "gateway", "prices"]:
        places[name] = "/" + name
    session = max(report("sessions")["sessions"], key=lambda row: row["toolCalls"])
    places["session"] = f"/session?agent={session['agent']}&id={quoted(session['session'])}"
    finding = next(f for f in report("optimize")["findings"] if f["status"] == "found" and f["kind"] == "model-downgrade")
    places["finding"] = f"/finding?id={quoted(finding['id'])}"
    study = next(v for v in report("proof")["verdicts"] if v["outcome"] == "contradicted")
    places["study"] = f"/study?id={study['study']}"
    return places


def is_whole(page):
    # `wait_for_function` evaluates texts in the page, which its policy forbids.
    while not page.evaluate("!document.querySelector('[data-pending]') && document.readyState === 'complete'"):
        page.wait_for_timeout(50)


def keep(page, picture, width):
    from PIL import Image

    bytes_ = picture.with_suffix(".png")
    page.screenshot(path=bytes_, full_page=True, animations="disabled")
    image = Image.open(bytes_).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, TALLEST[width])))
    # Flat pages: few colours, and nothing lost of them.
    image.quantize(128, kmeans=1, dither=Image.Dither.NONE).convert("RGB").save(picture, lossless=True, quality=60, method=3)
    bytes_.unlink()
    size = picture.stat().st_size
    if size > LARGEST:
        sys.exit(f"{picture.name} has {size:,} bytes")


def take(browser, url, token, folder):
    for width in [1440, 390]:
        for scheme in ["light", "dark"]:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for name, path in pages(url).items():
                page.goto(url + path)
                is_whole(page)
                keep(page, folder / f"{name}-{width}-{scheme}.webp", width)
                if name == "finding":
                    page.fill("#rule input[name=token]", token)
                    page.locator("form[action='/rules/preview'] button").click()
                    page.locator("h1", has_text="Apply this?").wait_for()
                    keep(page, folder / f"change-{width}-{scheme}.webp", width)
            page.close()


def photograph(playwright, person, browser_path, folder):
    live_through(person)
    binary = str(person.binary)
    dashboard = person.start(binary, "dashboard", "--port", "0", "--format", "json")
    try:
        told = ""
        while not told.endswith("\n}\n"):
            line = dashboard.stdout.readline()
            if not line:
                sys.exit("suffice dashboard ended before it listened")
            told += line
        url = json.loads(told)["url"]
        token = (person.data / "admin.token").read_text().strip()
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for old in folder.glob("*.webp"):
            old.unlink()
        take(browser, url, token, folder)
        browser.close()
    finally:
        dashboard.terminate()
        dashboard.wait()


def main():
    inside_environment()
    from playwright.sync_api import sync_playwright

    binary = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "Docs/Screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    browser_path = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
    # Its path is in the pictures: always the same one.
    place = pathlib.Path(tempfile.gettempdir()) / "made-up"
    place.mkdir()
    try:
        with sync_playwright() as playwright:
            photograph(playwright, Person(binary, place), browser_path, folder)
    finally:
        shutil.rmtree(place)
    pictures = list(folder.glob("*.webp"))
    print(f"{len(pictures)} pictures in {folder}, {sum(p.stat().st_size for p in pictures) / 1e6:.1f} MB")


main()
