#!/usr/bin/env python3
"""Writes Sources/Pricing/Catalogue/Catalogue.swift, the price table in the binary.

    Scripts/make-catalogue.py LITELLM.json HISTORY.json DATED.json > Sources/Pricing/Catalogue/Catalogue.swift

LITELLM  LiteLLM's model_prices_and_context_window.json: today's prices.
HISTORY  prices seen in earlier LiteLLM releases, in US$ per million tokens: {"history": {model: [["version@day",
         [input, output, read, short write, long write, input above 200k, input above 272k, factors] or null]]}};
         null: the release no longer lists the model.
DATED    price changes with their exact day, as genai-prices knows them; its time-of-day prices are not read.

What the table keeps and how it reads is said in PriceTable+Text.swift and LiteLLMCatalogue.swift. Choices made here:
- A change without an exact day holds from the first release that shows it.
- Prices that a later release only adds (a long-context tier, one-hour writes) held before, too: they are news to the
  catalogue, not to the bill.
- Anthropic's one-hour writes are twice input; releases that say otherwise were wrong.
- A model is available from the day in its name or the first release that lists it, whichever is earlier.
"""
import json
import re
import sys
from datetime import date, timedelta
from decimal import Decimal

MILLION = Decimal(10**6)
KINDS = ["input", "output", "read", "short", "long"]
TIERS = ["standard", "batch", "priority", "flex"]

# LiteLLM's provider: our name for it, beginnings of its own models' names, of others' names, whether the host is kept.
PROVIDERS = {
    "anthropic": ("anthropic", (), (), False),
    "openai": ("openai", (), (), False),
    "gemini": ("google", ("gemini-", "deep-research-"), (), False),
    "vertex_ai-language-models": ("google", ("gemini-", "deep-research-"), (), False),
    "xai": ("xai", (), (), False),
    "deepseek": ("deepseek", (), (), False),
    "mistral": ("mistral", (), ("zai-", "glm-", "deepseek-"), False),
    "moonshot": ("moonshot", (), (), False),
    "zai": ("zai", (), (), False),
    "minimax": ("minimax", (), (), False),
    "dashscope": ("alibaba", ("qwen", "qwq"), (), False),
    "xiaomi_mimo": ("xiaomi", (), (), False),
    "meta": ("meta", (), (), False),
    "groq": ("groq", (), (), True),
    "cerebras": ("cerebras", (), (), True),
}

# Anthropic's fast mode, which LiteLLM listed until it dropped the factor with the mode.
FAST = {"claude-opus-4-6": Decimal(6), "claude-opus-4-7": Decimal(6)}

# Days that neither the names nor the releases give.
FIRST_DAYS = {"claude-opus-4": "2025-05-14", "claude-sonnet-4": "2025-05-14", "claude-opus-4-1": "2025-08-05"}

FIELD = re.compile(
    r"^(input_cost_per_token|output_cost_per_token|cache_read_input_token_cost|cache_creation_input_token_cost)"
    r"(_above_1hr|_above_12hr)?(?:_above_(\d+)k_tokens)?(?:_(batches|priority|flex))?$"
)
FIELD_KIND = {
    "input_cost_per_token": "input",
    "output_cost_per_token": "output",
    "cache_read_input_token_cost": "read",
    "cache_creation_input_token_cost": "short",
}
FIELD_TIER = {None: "standard", "batches": "batch", "priority": "priority", "flex": "flex"}


class Quote:
    """Prices from a day on: rows[(tier, above)][kind] in US$ per million tokens, and factors."""

    def __init__(self):
        self.rows = {}
        self.factors = {}

    def set(self, tier, above, kind, price):
        if price is not None:
            self.rows.setdefault((tier, above), {})[kind] = price

    def clean(self):
        for row in self.rows.values():
            for kind in ("short", "long"):
                if kind in row and "input" in row and row[kind] < row["input"]:
                    del row[kind]
        self.rows = {key: row for key, row in self.rows.items() if row}

    def fill(self, other):
        for key, row in other.rows.items():
            self.rows[key] = {**row, **self.rows.get(key, {})}
        self.factors = {**other.factors, **self.factors}

    def copy(self):
        quote = Quote()
        quote.rows = {key: dict(row) for key, row in self.rows.items()}
        quote.factors = dict(self.factors)
        return quote

    def base(self):
        return self.rows.get(("standard", 0), {})

    def same(self, other):
        return self.rows == other.rows and self.factors == other.factors


class Model:
    def __init__(self, provider):
        self.provider = provider
        self.window = self.output = self.retired = None
        self.abilities = set()
        self.quotes = {}

    def fill(self, other, today):
        self.quotes[today].fill(other.quotes[today])
        self.window = self.window or other.window
        self.output = self.output or other.output
        self.retired = self.retired or other.retired
        self.abilities |= other.abilities


def undated(name):
    short = re.sub(r"(-latest|-20\d{6}|-20\d\d-\d\d-\d\d)$", "", name)
    return short if short != name else None


def today_of(history):
    return max(day_of(release) for changes in history.values() for release, _ in changes)


def day_of(release):
    """The day of `1.82.2@2026-03`: what is missing is the earliest it can be (`01/02` is January)."""
    parts = release.split("@")[1].replace("~", "").split("-")
    parts = [part.split("/")[0] for part in parts]
    return "-".join(parts + ["01"] * (3 - len(parts)))


def current(listed, today):
    """Today's models by name."""
    models = {}
    for key, entry in listed.items():
        provider = PROVIDERS.get(entry.get("litellm_provider"))
        if provider is None or entry.get("mode") not in ("chat", "responses"):
            continue
        ours, own, others, keeps_host = provider
        name = key.lower() if keeps_host else key.lower().split("/")[-1]
        if name.startswith(("ft:", *others)) or name == "container" or (own and not name.startswith(own)):
            continue
        model = Model(ours)
        quote = read_quote(entry)
        base = quote.base()
        if quote.factors.pop("thinking", None) or not base.get("input") or not base.get("output"):
            continue
        model.quotes[today] = quote
        model.window = entry.get("max_input_tokens")
        model.output = entry.get("max_output_tokens")
        model.retired = entry.get("deprecation_date")
        for field, ability in [("function_calling", "tools"), ("vision", "vision"), ("reasoning", "thinking")]:
            if entry.get("supports_" + field):
                model.abilities.add(ability)
        if name in models and name != key.lower():
            models[name].fill(model, today)
        else:
            if name in models:
                model.fill(models[name], today)
            models[name] = model
    return models


def read_quote(entry):
    quote = Quote()
    for field, value in entry.items():
        found = FIELD.match(field)
        if found and isinstance(value, (int, Decimal)):
            kind = "long" if found[2] else FIELD_KIND[found[1]]
            quote.set(FIELD_TIER[found[4]], int(found[3] or 0) * 1000, kind, Decimal(value) * MILLION)
    thinking = entry.get("output_cost_per_reasoning_token")
    for band in entry.get("tiered_pricing") or []:
        above = int(band["range"][0])
        quote.rows.pop(("standard", above), None)
        for field, value in band.items():
            found = FIELD.match(field)
            if found:
                quote.set("standard", above, FIELD_KIND[found[1]], Decimal(value) * MILLION)
        apart = band.get("output_cost_per_reasoning_token")
        if apart is not None and apart != band["output_cost_per_token"]:
            quote.factors["thinking"] = apart
    quote.clean()
    if thinking is not None and Decimal(thinking) * MILLION != quote.base().get("output"):
        quote.factors["thinking"] = thinking
    entry_factors = entry.get("provider_specific_entry") or {}
    for name in ("fast", "us"):
        if name in entry_factors:
            quote.factors[name] = Decimal(entry_factors[name])
    search = (entry.get("search_context_cost_per_query") or {}).get("search_context_size_medium")
    if search is not None:
        quote.factors["search"] = Decimal(search) * 1000
    return quote


def past(changes, is_anthropic):
    """A model's quotes by day from the releases, and the day it was gone (None while it is listed)."""
    quotes, gone = {}, None
    for release, prices in changes:
        day = day_of(release)
        if prices is None:
            gone = day
            continue
        gone = None
        quote = Quote()
        given, out, read, short, long, above200, above272, special = prices
        if not given or not out:
            continue
        for kind, price in zip(KINDS, [given, out, read, short, long]):
            quote.set("standard", 0, kind, price)
        if is_anthropic and long is not None and long != 2 * given:
            quote.set("standard", 0, "long", 2 * given)
        for above, price in [(200_000, above200), (272_000, above272)]:
            # Wherever both are known, output beyond the limit costs half as much again while the rest doubles.
            if price is not None:
                quote.set("standard", above, "input", price)
                quote.set("standard", above, "output", out * Decimal("1.5"))
        for name, factor in (json.loads(special, parse_float=Decimal) if special else {}).items():
            if name in ("fast", "us"):
                quote.factors[name] = Decimal(factor)
        quote.clean()
        quotes[day] = quote
    return quotes, gone


def settle(model, today):
    """Carries additions back to the entries before them."""
    days = sorted(model.quotes)
    for earlier, later in reversed(list(zip(days, days[1:]))):
        before, after = model.quotes[earlier], model.quotes[later]
        base, new = before.base(), after.base()
        if all(new.get(kind) == price for kind, price in base.items()) and later <= today:
            before.fill(after)
        elif after.factors:
            before.factors = {**after.factors, **before.factors}
        # What the releases' history leaves out follows today's entry: other tiers in the same proportion.
        if len({tier for tier, _ in before.rows}) == 1 and len({tier for tier, _ in after.rows}) > 1:
            scale_tiers(before, after)


def scale_tiers(before, after):
    for (tier, above), row in after.rows.items():
        usual = after.rows.get(("standard", above), after.base())
        old = before.rows.get(("standard", above), before.base())
        for kind, price in row.items():
            if tier != "standard" and usual.get(kind) and old.get(kind):
                before.set(tier, above, kind, (price * old[kind] / usual[kind]).quantize(Decimal("1e-9")))


def add_history(models, history):
    for name, changes in history.items():
        quotes, gone = past(changes, name.startswith("claude"))
        if not quotes:
            continue
        if name in models:
            for day, quote in quotes.items():
                models[name].quotes.setdefault(day, quote)
        elif gone and not is_odd(name):
            provider = "anthropic" if name.startswith("claude") else "google" if name.startswith("gemini") else "openai"
            model = Model(provider)
            model.quotes = quotes
            model.retired = gone
            model.abilities = {"tools", "vision"}
            models[name] = model


def is_odd(name):
    return re.search(r"-exp\b|image|audio|realtime|live|tts|transcribe|embedding|vision|-v1:0", name)


DATED_PRICE = re.compile(r"base=Decimal\('([\d.]+)'\), tiers=\[Tier\(start=(\d+), price=Decimal\('([\d.]+)'\)\)\]")
DATED_KIND = {
    "input_mtok": "input",
    "output_mtok": "output",
    "cache_read_mtok": "read",
    "cache_write_mtok": "short",
    "cache_write_1h_mtok": "long",
}


def add_dated(models, dated):
    """Replaces what the releases show of a change by the change of its exact day."""
    for key, entries in [*dated.items(), ("openai/gpt-5.6", dated["openai/gpt-5.6-sol"])]:
        provider, name = key.split("/", 1)
        if provider not in ("anthropic", "openai", "google", "x-ai", "deepseek") or name not in models:
            continue
        starts = [entry for entry in entries if not entry[0].startswith("TimeOfDate")]
        if (provider == "google" and name.startswith("claude")) or len(starts) < 2:
            continue
        model = models[name]
        given = []
        for constraint, prices in starts:
            found = re.search(r"date\((\d+), (\d+), (\d+)\)", constraint)
            given.append(("%04d-%02d-%02d" % tuple(map(int, found.groups())) if found else None, dated_quote(prices)))
        newest = model.quotes[max(model.quotes)]
        if len(entries) > len(starts) or not any(matches(newest, quote) for _, quote in given):
            continue
        changed = given[1][0]
        before = sorted(day for day in model.quotes if day < changed)
        kept = {}
        if before and matches(model.quotes[before[-1]], given[0][1]):
            # The releases saw that price, and maybe others before it.
            kept = {day: model.quotes[day] for day in before[:-1]}
            first = before[-1]
        else:
            first = before[0] if before else str(date.fromisoformat(changed) - timedelta(days=1))
        model.quotes = kept | {
            day or first: newest.copy() if matches(newest, quote) else finish_dated(quote, newest)
            for day, quote in given
        }


def dated_quote(prices):
    quote = Quote()
    for field, text in prices.items():
        kind = DATED_KIND.get(field)
        if kind is None:
            continue
        tiered = DATED_PRICE.search(text)
        if tiered:
            quote.set("standard", 0, kind, Decimal(tiered[1]))
            # xAI's limit is written as the last token below it.
            quote.set("standard", -(-int(tiered[2]) // 1000) * 1000, kind, Decimal(tiered[3]))
        else:
            quote.set("standard", 0, kind, Decimal(text))
    return quote


def matches(quote, other):
    base = quote.base()
    same_sizes = {above for tier, above in quote.rows if tier == "standard"} == {above for _, above in other.rows}
    return same_sizes and all(base.get(kind) == price for kind, price in other.base().items() if kind in base)


def finish_dated(quote, newest):
    quote.factors = {**newest.factors, **quote.factors}
    scale_tiers(quote, newest)
    long = newest.base().get("long")
    if long and "long" not in quote.base():
        for (tier, above), row in list(quote.rows.items()):
            if tier == "standard" and "short" in row:
                row["long"] = row["short"] * long / newest.base()["short"]
    return quote


def add_regional(models, listed):
    """Bedrock's regional endpoints, as a factor on Anthropic's own price."""
    for name, model in models.items():
        if model.provider != "anthropic":
            continue
        pattern = re.compile(r"^(us|eu|au|jp|apac)\.anthropic\." + re.escape(name) + r"(-20\d{6})?(-v\d)?(:\d)?$")
        now = model.quotes[max(model.quotes)].base()["input"]
        for key, entry in listed.items():
            if pattern.match(key) and entry.get("input_cost_per_token"):
                factor = Decimal(entry["input_cost_per_token"]) * MILLION / now
                if Decimal(1) < factor < Decimal(2):
                    for quote in model.quotes.values():
                        quote.factors["regional"] = factor


def first_days(models):
    """Moves each model's first price to the earliest day its names tell."""
    for name, model in models.items():
        days = [day for day in [FIRST_DAYS.get(name)] if day]
        for other in models:
            if other != name and undated(other) == name:
                found = re.search(r"(20\d\d)-?(\d\d)-?(\d\d)$", other)
                if found:
                    days.append("-".join(found.groups()))
        found = re.search(r"(20\d\d)-?(\d\d)-?(\d\d)$", name)
        if found:
            days.append("-".join(found.groups()))
        first = min(model.quotes)
        if days and min(days) < first:
            model.quotes[min(days)] = model.quotes.pop(first)


def merge_names(models):
    """Keeps a dated or `-latest` name only where it has prices of its own; gone models go by their plain name."""
    for name in sorted(models):
        plain = undated(name)
        if plain is None:
            continue
        if plain in models:
            if models[name].retired and models[plain].retired:
                models[plain].retired = max(models[name].retired, models[plain].retired)
            if latest(models[name]).same(latest(models[plain])):
                del models[name]
        elif models[name].retired and name.startswith("claude"):
            models[plain] = models.pop(name)
    for name in [name for name in models if re.match(r"claude-\d.*-latest$|claude-4-", name)]:
        del models[name]


def latest(model):
    return model.quotes[max(model.quotes)]


def coalesce(model):
    """Drops entries that change nothing."""
    days = sorted(model.quotes)
    for earlier, later in reversed(list(zip(days, days[1:]))):
        if model.quotes[earlier].same(model.quotes[later]):
            del model.quotes[later]


def decimal(value):
    return format(value.normalize(), "f")


def write(models, out):
    for name in sorted(models):
        model = models[name]
        abilities = " ".join(a for a in ("tools", "vision", "thinking") if a in model.abilities)
        limits = [str(int(n)) if n else "" for n in (model.window, model.output)]
        out.append("\t".join([name, model.provider, *limits, abilities, model.retired or ""]))
        for day in sorted(model.quotes):
            quote = model.quotes[day]
            known = [name for name in ("fast", "us", "regional", "search") if name in quote.factors]
            factors = " ".join(f"{name}={decimal(quote.factors[name])}" for name in known)
            out.append(f"\t{day}\t{factors}")
            for tier, above in sorted(quote.rows, key=lambda key: (TIERS.index(key[0]), key[1])):
                row = quote.rows[tier, above]
                prices = [decimal(row[kind]) if kind in row else "" for kind in KINDS]
                out.append("\t".join(["", "", tier, str(above), *prices]))


def main(litellm, history, dated):
    def load(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file, parse_float=Decimal)

    listed = load(litellm)
    seen = load(history)["history"]
    today = today_of(seen)
    models = current(listed, today)
    add_history(models, seen)
    for model in models.values():
        settle(model, today)
    first_days(models)
    add_dated(models, load(dated))
    merge_names(models)
    add_regional(models, listed)
    for name, factor in FAST.items():
        for quote in models[name].quotes.values():
            quote.factors["fast"] = factor
    for model in models.values():
        coalesce(model)
    lines = []
    write(models, lines)
    print("// Written by Scripts/make-catalogue.py; how it reads is said in PriceTable+Text.swift.")
    print("// swift-format-ignore-file")
    print(f"/// Prices known on {today}, in US$ per million tokens, by model and day.")
    print('let catalogue: StaticString = """')
    print("\n".join(lines))
    print('\n"""')


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
