#!/usr/bin/env python3
"""Looks at the local pages in a real browser, and says what is wrong with them, a line each; ends with 1 if anything is.

usage: check_pages.py BROWSER URL numbers FOLDER     the pages show the figures of FOLDER/{spend,optimize,sessions}.json
       check_pages.py BROWSER URL hostile            nothing of a log made to break pages is markup
       check_pages.py BROWSER URL live LOG LINE      a line added to a log shows by itself
       check_pages.py BROWSER URL rule TOKEN SETTINGS  a finding is applied as announced, and taken back to the byte
       check_pages.py BROWSER URL proof FOLDER       the one study is that of FOLDER/study.json, its pairs too
"""
import csv
import io
import json
import pathlib
import sys
import time
import urllib.request

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PAGES = ["/", "/findings", "/sessions", "/proof", "/rules", "/routing", "/gateway", "/prices"]
# Tables of which a page may show only the first rows.
PARTS = ["sessions", "decisions", "candidates", "evidence"]
troubles = []
csv.field_size_limit(1 << 30)


def check(holds, text):
    if not holds:
        troubles.append(text)


def listen(page, where):
    """Notes every error that the browser tells of; what the policy forbids is one."""
    page.on("console", lambda m: m.type == "error" and troubles.append(f"{where()}: console: {m.text}"))
    page.on("pageerror", lambda e: troubles.append(f"{where()}: {e}"))
    page.on("requestfailed", lambda r: is_left(r) or troubles.append(f"{where()}: {r.url} failed: {r.failure}"))


def is_left(request):
    """Whether the reader went on before it was there, which is no failure; following changes ends with its page."""
    return request.url.endswith("/events") or request.failure == "net::ERR_ABORTED"


def until(page, expression, seconds=60):
    """Waits for what a page comes to; `wait_for_function` evaluates texts in the page, which the policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > end:
            raise TimeoutError(expression)
        page.wait_for_timeout(50)


def is_whole(page):
    until(page, "!document.querySelector('[data-pending]')")


def dollars(amount):
    """As people read an amount."""
    if amount == 0:
        return "$0.00"
    return f"${amount:,.2f}" if amount >= 0.005 else "<$0.01"


def details(url):
    """One session's page, one finding's: those that the lists name first."""
    sessions = json.load(urllib.request.urlopen(f"{url}/file?report=sessions&format=json"))["sessions"]
    findings = json.load(urllib.request.urlopen(f"{url}/file?report=optimize&format=json"))["findings"]
    most = max(sessions, key=lambda row: row["calls"], default=None)
    found = next((f for f in findings if f["status"] == "found"), None)
    quote = urllib.request.quote
    pages = [f"/session?agent={most['agent']}&id={quote(most['session'], safe='')}"] if most else []
    return pages + ([f"/finding?id={quote(found['id'], safe='')}"] if found else [])


def look(browser, url, pages, accessible=True):
    for width, scheme in [(1440, "light"), (390, "dark")]:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        place = {"path": ""}
        listen(page, lambda: f"{place['path']} at {width}")
        for path in pages:
            place["path"] = path
            reply = page.goto(url + path)
            check(reply.status == 200, f"{path}: status {reply.status}")
            is_whole(page)
            check(page.locator("h1").count() == 1, f"{path}: not one h1")
            if width == 1440:
                tables(page, url, path)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            check(wide <= 0, f"{path} at {width}: {wide} pixels too wide")
            if accessible:
                for violation in Axe().run(page).response["violations"]:
                    nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                    troubles.append(f"{path} at {width}, {scheme}: axe {violation['id']}: {violation['help']} {nodes}")
        context.close()


def tables(page, url, path):
    """Every table has its files under it, and they hold the rows that it shows."""
    seen = page.evaluate("""[...document.querySelectorAll('table')].map((table) => {
        const grid = table.closest('.table') ?? table;
        const below = grid.closest('details') ?? grid;
        const rows = [...table.querySelectorAll('tbody tr')];
        return {
            links: below.nextElementSibling?.matches('.files')
                ? [...below.nextElementSibling.querySelectorAll('a')].map((a) => [a.textContent, a.ariaLabel, a.href]) : [],
            cells: rows.map((row) => row.cells[0].title || row.cells[0].textContent.trim()),
        };
    })""")
    names = [label for table in seen for _, label, _ in table["links"]]
    check(len(set(names)) == len(names), f"{path}: two files of one name")
    # A long session has hundreds; each is made as the others are.
    for table in seen[:6] + seen[-2:] if len(seen) > 8 else seen:
        check([link[0] for link in table["links"]] == ["CSV", "JSON"], f"{path}: {table} has no files")
        if not table["links"]:
            continue
        texts = [urllib.request.urlopen(link[2]).read().decode() for link in table["links"]]
        head, *lines = csv.reader(io.StringIO(texts[0], newline=""))
        rows = json.loads(texts[1])["rows"]
        check(len(rows) == len(lines), f"{path}: {len(rows)} and {len(lines)} rows of {table['links']}")
        count = len(table["cells"])
        is_part = any(f"table={name}&" in table["links"][0][2] for name in PARTS)
        check(len(lines) == count or is_part and len(lines) > count, f"{path}: {len(lines)} rows, {count} shown")
        check(all(list(row) == head for row in rows), f"{path}: keys of {table['links']}")
        shown = [cell for cell in table["cells"] if "…" not in cell and ":" not in cell]
        told = {line[0].removeprefix("'") for line in lines}
        told |= {text.removeprefix("claude-") for text in told} | {text.removeprefix("claude-")[:-9] for text in told}
        if len(lines) == count and "pair-" not in table["links"][0][2] and head[0] != "measure":
            check(set(shown) <= told, f"{path}: {set(shown) - told} is not in {table['links'][0][2]}")


def without_window(report):
    report.pop("window", None)
    return report


def numbers(browser, url, folder):
    want = {name: json.loads((folder / f"{name}.json").read_text()) for name in ["spend", "optimize", "sessions"]}
    for name, report in want.items():
        got = json.load(urllib.request.urlopen(f"{url}/file?report={name}&format=json"))
        check(without_window(got) == without_window(report), f"{name}.json differs from the command line's")
    page = browser.new_page()
    listen(page, lambda: "numbers")
    page.goto(url + "/")
    is_whole(page)
    rows = {}
    heads = page.locator("#models-table thead th").all_inner_texts()
    for row in page.locator("#models-table tbody tr").all():
        cells = row.locator("th, td").all_inner_texts()
        rows[cells[0]] = dict(zip(heads, cells))
    for row in want["spend"]["rows"]:
        shown = rows.get(row["key"])
        check(shown is not None, f"no row of {row['key']}")
        if not shown:
            continue
        check(shown["calls"].replace(",", "") == str(row["calls"]), f"{row['key']}: calls {shown['calls']}")
        if not row["unpricedTokens"]:
            check(shown[heads[-1]] == dollars(row["costUSD"]), f"{row['key']}: {shown[heads[-1]]} is not {row['costUSD']}")
    text = page.locator("#figures").inner_text()
    for figure in [
        dollars(want["spend"]["totals"]["costUSD"]),
        f"{want['spend']['totals']['calls']:,}",
        dollars(want["optimize"]["recoverableUSD"]["mid"]),
    ]:
        check(figure in text, f"{figure} is not among {text!r}")
    days = page.locator("#days svg.bars rect:not(.hit)").count()
    check(days > 0, "no bar of any day")
    page.goto(url + "/findings")
    found = [f for f in want["optimize"]["findings"] if f["status"] == "found"]
    check(page.locator("#findings-table tbody tr").count() == len(found), "not every finding has a row")
    page.goto(url + "/sessions")
    check(page.locator(".lead").inner_text().startswith(f"{len(want['sessions']['sessions']):,} session"), "sessions")
    page.close()
    keyboard(browser, url)
    look(browser, url, PAGES + details(url))
    # Nothing depends on the script but following changes.
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(url + "/")
    check(plain.locator("#models-table tbody tr").count() == len(rows), "without the script there is no table")


def keyboard(browser, url):
    page = browser.new_page()
    listen(page, lambda: "keyboard")
    page.goto(url + "/")
    is_whole(page)
    focus = "document.activeElement.textContent.trim()"
    page.keyboard.press("Tab")
    check(page.evaluate(focus) == "Skip to the content", f"Tab first comes to {page.evaluate(focus)!r}")
    page.keyboard.press("Enter")
    check(page.evaluate("document.activeElement.id") == "main", "the skip link does not skip")
    page.keyboard.press("Tab")
    check(page.evaluate("document.activeElement.name") == "since", "behind the heading the filter is not first")
    page.focus("select[name=agent]")
    page.keyboard.press("c")
    page.focus("form.filter button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?since=*agent=*")
    page.goto(url + "/")
    is_whole(page)
    page.focus("#days-figures summary")
    page.keyboard.press("Enter")
    check(page.locator("#days-table").is_visible(), "the chart's table does not open by keyboard")
    page.focus("nav a[href^='/sessions']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions*")
    page.locator("#sessions-table tbody a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/session?*")
    page.go_back()
    page.wait_for_url("**/sessions*")
    page.close()


def hostile(browser, url):
    pages = PAGES + details(url)
    look(browser, url, pages, accessible=False)
    page = browser.new_page()
    text = ""
    for path in pages:
        reply = page.goto(url + path)
        is_whole(page)
        size = len(reply.body())
        check(size < 1_000_000, f"{path}: {size} bytes")
        check(page.evaluate("window.broken") is None, f"{path}: a log ran a script")
        foreign = page.evaluate("""[...document.querySelectorAll('script, img, iframe, object, embed, a, form, link')].filter(
            (e) => !((e.src ?? e.href ?? e.action) + '').startsWith(location.origin) || e.matches('img, iframe, object, embed')
        ).map((e) => e.outerHTML)""")
        check(not foreign, f"{path}: {foreign}")
        handlers = page.evaluate("[...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith('on'))")
        check(not handlers, f"{path}: {handlers}")
        shown = page.locator("body").inner_text()
        check(not set(shown) & set("\u202e\u2066\u2069\u200f\x1b"), f"{path}: marks that turn text round")
        text += shown
    check("<script>" in text, "the hostile text is not shown as text")
    check("\\u{202e}" in text, "a mark that turns text round is not made visible")
    page.close()


def proof(browser, url, folder):
    want = json.loads((folder / "study.json").read_text())
    path = "/study?id=" + want["study"]
    got = json.load(urllib.request.urlopen(f"{url}/file?report=study&format=json&id={want['study']}"))
    # Nothing was asked for the page.
    check(got.pop("spentNowUSD") == 0 and want.pop("spentNowUSD") > 0, "the page spent something")
    check(got == want, "study.json differs from what validate told")
    verdict = json.load(urllib.request.urlopen(f"{url}/file?report=proof&format=json"))["verdicts"][0]
    for key in ["study", "outcome", "agreement", "floor", "spentUSD"]:
        told = want[key]["value"] if key in ["agreement", "floor"] else want[key]
        check(verdict[key] == told, f"proof.json: {key} is {verdict[key]}, not {told}")
    look(browser, url, ["/proof", path, path + "&page=2"])
    page = browser.new_page()
    listen(page, lambda: "proof")
    page.goto(url + "/proof")
    row = page.locator("#proof-table tbody tr").first.inner_text()
    for share in [want["agreement"]["value"], want["floor"]["value"]]:
        check(f"{share * 100:.0f}%" in row, f"{share} is not in {row!r}")
    page.locator("#proof-table tbody a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + path)
    shown = 0
    for number in range(1, (len(want["pairs"]) + 19) // 20 + 1):
        page.goto(f"{url}{path}&page={number}")
        tables = page.locator("#pairs .pairs tbody tr").all_inner_texts()
        shown += len(tables)
        check(page.evaluate("window.broken") is None, "what a model wrote ran")
        check(page.locator("#pairs img").count() == 0, "what a model wrote is markup")
        for pair, text in zip(want["pairs"][(number - 1) * 20:], tables):
            action = pair["actions"][0]
            check(action["level"] in text and action["reason"] in text, f"{action} is not {text!r}")
            check("make step-" in text, f"the recorded command is not in {text!r}")
            if pair["outcome"] != "agree":
                check("<script>window.broken = 1</script>" in text and "\\u202e" in text, f"not as text: {text!r}")
    check(shown == sum(len(pair["actions"]) for pair in want["pairs"]), f"{shown} pairs")
    page.close()


def rule(browser, url, token_file, settings):
    before = settings.read_bytes()
    findings = json.load(urllib.request.urlopen(f"{url}/file?report=optimize&format=json"))["findings"]
    found = next(f for f in findings if f["status"] == "found" and f["kind"] == "model-downgrade")
    path = "/finding?id=" + urllib.request.quote(found["id"], safe="")
    context = browser.new_context()
    page = context.new_page()
    # A form without the token is answered 401, which browsers note as an error.
    page.on("pageerror", lambda e: troubles.append(f"rule: {e}"))

    def heading(text):
        page.locator("h1", has_text=text).wait_for()

    def press(form):
        page.locator(f"form[action='/rules/{form}'] button").click()

    page.goto(url + path)
    page.fill("#rule input[name=token]", "wrong")
    press("preview")
    heading("That needs the admin token")
    check(str(token_file.name) in page.locator("#locked").inner_text(), "it is not said where the token is")
    page.goto(url + path)
    check(page.input_value("#rule input[name=token]") == "", "a wrong token is kept")
    token = token_file.read_text().strip()
    page.locator("#rule-choices summary").click()
    page.check("#rule input[name=shared]")
    page.select_option("#rule select[name=as]", "model")
    page.fill("#rule input[name=token]", token)
    press("preview")
    heading("Apply this?")
    shared = page.locator("pre").all_inner_texts()
    check(any("/.claude/settings.json" in text for text in shared), f"not for the shared settings: {shared}")
    hidden = page.locator("form[action='/rules/apply'] input[type=hidden]").evaluate_all("all => all.map((f) => f.name)")
    check({"shared", "as"} <= set(hidden), f"what was wished is forgotten: {hidden}")
    page.goto(url + path)
    page.fill("#rule input[name=token]", token)
    page.keyboard.press("Enter")
    heading("Apply this?")
    check(settings.read_bytes() == before, "a preview writes")
    announced = page.locator("pre").all_inner_texts()
    added = [line[1:] for text in announced for line in text.splitlines() if line[:1] == "+" and line[:3] != "+++"]
    check(any(found["candidates"][0]["target"] in line for line in added), f"no new model in {announced}")
    check("<script>" in "".join(announced) and page.evaluate("window.broken") is None, "a setting is markup")
    check(not Axe().run(page).response["violations"], "axe finds fault with the announcement")
    # What a token holder types once is there for the next form.
    press("apply")
    heading("Applied")
    after = settings.read_bytes().decode()
    check(after.replace("\r\n", "\n") != before.decode().replace("\r\n", "\n"), "nothing was written")
    for line in added:
        check(line in after.replace("\r\n", "\n"), f"{line!r} was announced and is not in the file")
    page.goto(url + "/rules")
    check(page.locator("#rules tbody tr").count() > 0, "the rule is not on its page")
    page.goto(url + path)
    press("undo")
    heading("Taken back")
    check(settings.read_bytes() == before, "the file is not what it was, to the byte")
    check(token_file.read_text().strip() not in page.content(), "a page holds the token")
    context.close()


def live(browser, url, log, line):
    page = browser.new_page()
    listen(page, lambda: "live")
    page.goto(url + "/")
    is_whole(page)
    calls = "document.querySelector('#figures').innerText"
    before = page.evaluate(calls)
    until(page, "document.getElementById('live').textContent === 'Live'")
    page.evaluate("window.isSame = true")
    with open(log, "a") as file:
        file.write(pathlib.Path(line).read_text())
    until(page, f"({calls}) !== {json.dumps(before)}")
    check(page.evaluate("window.isSame") is True, "the page was loaded anew")
    page.close()


def main():
    program, url, task, *rest = sys.argv[1:]
    with sync_playwright() as playwright:
        # As root, as in a container, Chromium needs to be told to run without its sandbox.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        if task == "numbers":
            numbers(browser, url, pathlib.Path(rest[0]))
        elif task == "hostile":
            hostile(browser, url)
        elif task == "proof":
            proof(browser, url, pathlib.Path(rest[0]))
        elif task == "rule":
            rule(browser, url, *map(pathlib.Path, rest))
        else:
            live(browser, url, *rest)
        browser.close()
    print("\n".join(troubles))
    sys.exit(1 if troubles else 0)


main()
