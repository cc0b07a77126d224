#!/usr/bin/env python3
"""Takes a picture of every local page, wide and narrow, light and dark, with the sample of this repository.

usage: make-screenshots.py BINARY [FOLDER]

FOLDER is Docs/Screenshots unless it is named. What it drives the browser with is installed below .build.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "Tests/EndToEndTests/Dashboard/Clients/requirements.txt"
PLACE = ROOT / ".build/python-screenshots"


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


def pages(url):
    """Every page by its name, and one session and one finding."""
    def report(name):
        return json.load(urllib.request.urlopen(f"{url}/file?report={name}&format=json"))

    places = {"overview": "/"}
    for name in ["findings", "sessions", "proof", "rules", "routing", "gateway", "prices"]:
        places[name] = "/" + name
    session = max(report("sessions")["sessions"], key=lambda row: row["toolCalls"])
    places["session"] = f"/session?agent={session['agent']}&id={urllib.request.quote(session['session'], safe='')}"
    finding = next(found for found in report("optimize")["findings"] if found["status"] == "found")
    places["finding"] = f"/finding?id={urllib.request.quote(finding['id'], safe='')}"
    return places


def main():
    inside_environment()
    from PIL import Image
    from playwright.sync_api import sync_playwright

    binary = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "Docs/Screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    browser_path = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        shutil.copytree(ROOT / "Sample/gateway", pathlib.Path(data) / "gateway")
        environment = {
            "HOME": str(ROOT / "Sample/home"), "SUFFICE_DATA": data, "TZ": "UTC", "PATH": os.environ["PATH"],
            "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
        }
        command = [binary, "dashboard", "--port", "0", "--format", "json"]
        dashboard = subprocess.Popen(command, env=environment, cwd=data, stdout=subprocess.PIPE, text=True)
        try:
            told = ""
            while not told.endswith("\n}\n"):
                told += dashboard.stdout.readline()
            url = json.loads(told)["url"]
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            for width in [1440, 390]:
                for scheme in ["light", "dark"]:
                    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    for name, path in pages(url).items():
                        page.goto(url + path)
                        # `wait_for_function` evaluates texts in the page, which its policy forbids.
                        ready = "!document.querySelector('[data-pending]') && document.querySelector('#live').textContent"
                        while not page.evaluate(ready):
                            page.wait_for_timeout(50)
                        picture = folder / f"{name}-{width}-{scheme}.png"
                        page.screenshot(path=picture, full_page=True, animations="disabled")
                        # Flat pages: a palette keeps them small.
                        Image.open(picture).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
                            picture, optimize=True
                        )
                    page.close()
            browser.close()
        finally:
            dashboard.terminate()
            dashboard.wait()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


main()
