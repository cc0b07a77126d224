#!/usr/bin/env python3
"""Checks that `suffice validate --check-vectors` judges function calls as BFCL's own AST checker does.

    Scripts/check-bfcl-parity.py [--binary .build/release/suffice] [--keep FILE] [--seed 1]

Installs bfcl-eval into a virtual environment below .build, makes rows from its own data (every possible answer, and
systematic and seeded random mutations of calls, answers and descriptions), asks its checker about each and compares the
verdict and the kind of error. Java and JavaScript are left out: their values are source text, which no tool call of a
JSON API holds. Rows on which the checker itself raises an exception have no verdict: they are counted apart.
"""
import argparse
import collections
import copy
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import types

VERSION = "2026.3.23"
ROOT = pathlib.Path(__file__).resolve().parent.parent
HOME = ROOT / ".build" / "bfcl-parity"
CATEGORIES = [
    "simple_python", "multiple", "parallel", "parallel_multiple",
    "live_simple", "live_multiple", "live_parallel", "live_parallel_multiple",
]
LEAST = 25_000


def enter_environment():
    """Goes on inside the virtual environment, making it where it is missing."""
    python = HOME / "bin" / "python3"
    if pathlib.Path(sys.prefix) == HOME:
        return
    if not (HOME / f"has-{VERSION}").exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        # Its dependencies are the providers' SDKs; the checker needs none of them.
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--no-deps", f"bfcl-eval=={VERSION}"], check=True)
        (HOME / f"has-{VERSION}").touch()
    os.execv(python, [str(python), *sys.argv])


def oracle():
    """BFCL's checker, its table of models put aside: only what a model's API makes of dots matters."""
    models = types.ModuleType("bfcl_eval.constants.model_config")
    models.MODEL_CONFIG_MAPPING = {
        name: types.SimpleNamespace(underscore_to_dot=name == "underscores") for name in ("dots", "underscores")
    }
    sys.modules[models.__name__] = models
    from bfcl_eval.constants.enums import Language
    from bfcl_eval.eval_checker.ast_eval.ast_checker import ast_checker

    def is_well_formed(output):
        # As utils.is_function_calling_format_output, whose module wants the SDKs.
        return type(output) == list and all(
            type(call) == dict and len(call) == 1 and type(list(call.values())[0]) == dict for call in output
        )

    def judge(row):
        if not is_well_formed(row["output"]):
            return False, "ast_decoder:decoder_wrong_output_format"
        model = "underscores" if row["underscoreToDot"] else "dots"
        # The checker changes nothing it is given, but who knows of the next version.
        answer = ast_checker(
            copy.deepcopy(row["functions"]), copy.deepcopy(row["output"]), copy.deepcopy(row["possible"]),
            Language.PYTHON, row["category"], model,
        )
        return answer["valid"], None if answer["valid"] else answer["error_type"]

    return judge


# Calls from answers.

def value_of(alternative, pick):
    """A value that an alternative stands for; inside dicts every key has alternatives of its own."""
    if isinstance(alternative, dict):
        made = {}
        for key, inner in alternative.items():
            if isinstance(inner, list):
                kept = [value for value in inner if value != ""]
                if kept and (pick(2) or "" not in inner):
                    made[key] = value_of(kept[pick(len(kept))], pick)
            else:
                made[key] = inner
        return made
    if isinstance(alternative, list):
        return [value_of(value, pick) if isinstance(value, dict) else copy.deepcopy(value) for value in alternative]
    return copy.deepcopy(alternative)


def first(count):
    return 0 if count != 2 else 1


def calls_of(answers, pick, underscores):
    calls = []
    for answer in answers:
        name, parameters = next(iter(answer.items()))
        given = {}
        for parameter, alternatives in parameters.items():
            kept = [value for value in alternatives if value != ""] if isinstance(alternatives, list) else []
            if kept:
                given[parameter] = value_of(kept[pick(len(kept)) if pick is not first else 0], pick)
        calls.append({name.replace(".", "_") if underscores else name: given})
    return calls


def mutations(value):
    """Values that are nearly this one."""
    yield None
    yield ""
    yield []
    yield {}
    yield [value]
    yield {"a": value}
    if isinstance(value, bool):
        yield from (not value, int(value), str(value), float(value))
    elif isinstance(value, int):
        yield from (value + 1, float(value), value + 0.5, str(value), -value, value == 1, 10**20 + value, True)
    elif isinstance(value, float):
        yield from (value + 0.25, str(value), int(value), -value, int(value) + 1, 1e300)
    elif isinstance(value, str):
        yield from (
            value.upper(), value.lower(), value + " ", " ".join(value), value + ".", value.replace(" ", ""),
            "-".join(value.split(" ")), value + "x", value[1:], value.replace("'", '"'), value.replace('"', "'"),
            value + "\t", value + "\n", value + "é", "e\u0301" + value, value + "İΣ", value + ":", "_*^/" + value,
            "--.", "   ", value[::-1],
        )
        if value.lstrip("-").isdigit():
            yield from (int(value), float(value))
    elif isinstance(value, list):
        yield from (value[::-1], value[:-1], value + value[-1:], value + [None], value + [""], [str(v) for v in value])
        yield [float(v) if isinstance(v, int) else v for v in value]
        yield [int(v) if isinstance(v, float) else v for v in value]
        yield str(value)
        for place, inner in enumerate(value[:3]):
            for other in mutations(inner) if not isinstance(inner, list) else [None, inner[::-1]]:
                yield value[:place] + [other] + value[place + 1:]
    elif isinstance(value, dict):
        yield {**value, "unheardOf": 1}
        yield str(value)
        for key, inner in value.items():
            yield {k: v for k, v in value.items() if k != key}
            for other in list(mutations(inner))[:20]:
                yield {**value, key: other}
        yield dict(reversed(value.items()))


def calls_nearly(calls, functions, some):
    """Outputs that are nearly these calls; `some` thins out the many."""
    yield []
    yield calls[:-1]
    yield calls + calls[-1:]
    yield calls[::-1]
    yield [{}] + calls[1:]
    yield calls[0]
    yield "text"
    yield None
    yield [next(iter(calls[0].values()))]
    yield [{**calls[0], "other": {}}] + calls[1:]
    shuffled = calls[:]
    some.shuffle(shuffled)
    yield shuffled
    for index, call in enumerate(calls[:4]):
        name, given = next(iter(call.items()))

        def with_call(other):
            return calls[:index] + [other] + calls[index + 1:]

        for other in (name.replace("_", "."), name.replace(".", "_"), name.upper(), name + "x", functions[0]["name"]):
            yield with_call({other: given})
        yield with_call({name: {}})
        yield with_call({name: list(given.values())})
        yield with_call({name: {**given, "unheardOf": 1}})
        yield with_call({name: dict(reversed(given.items()))})
        for parameter, value in given.items():
            yield with_call({name: {k: v for k, v in given.items() if k != parameter}})
            yield with_call({name: {k + "x" if k == parameter else k: v for k, v in given.items()}})
            near = list(mutations(value))
            for other in near if len(near) < 6 else some.sample(near, 6):
                yield with_call({name: {**given, parameter: other}})
        for function in functions:
            for parameter in function["parameters"]["properties"]:
                if parameter not in given and function["name"].replace(".", "_") == name.replace(".", "_"):
                    for other in some.sample(["", "--.", "a", 0, 1, 1.5, True, None, [], [1], ["a"], {}, [{}]], 4):
                        yield with_call({name: {**given, parameter: other}})


def answers_nearly(row, some):
    """Rows whose answers or descriptions are a little different."""
    for _ in range(3):
        made = copy.deepcopy(row)
        answer = some.choice(made["possible"])
        name, parameters = next(iter(answer.items()))
        function = next((f for f in made["functions"] if f["name"] == name), made["functions"][0])
        properties = function["parameters"]["properties"]
        if not parameters:
            continue
        parameter = some.choice(list(parameters))
        alternatives = parameters[parameter]
        change = some.randrange(8)
        if change == 0:
            some.shuffle(alternatives)
        elif change == 1:
            alternatives.append("")
        elif change == 2:
            alternatives.insert(0, some.choice(["variable", 5, 5.0, True, [], {}, None]))
        elif change == 3:
            parameters[parameter] = [value for value in alternatives if value != ""]
        elif change == 4 and parameter in properties:
            properties[parameter]["type"] = some.choice(["string", "integer", "float", "boolean", "any", "dict", "array"])
        elif change == 5 and parameter in properties:
            properties[parameter]["items"] = {"type": some.choice(["string", "integer", "float", "dict", "any", "array"])}
        elif change == 6:
            required = function["parameters"]["required"]
            function["parameters"]["required"] = required[1:] if required else list(properties)
        elif change == 7:
            parameters["notDescribed"] = ["", 1]
        yield made


def without_prose(functions):
    """The checker reads names and types alone; descriptions would make the file ten times as long."""
    kept = []
    for function in copy.deepcopy(functions):
        function.pop("description", None)
        for described in function["parameters"].get("properties", {}).values():
            if isinstance(described.get("description"), str):
                described.pop("description")
        kept.append(function)
    return kept


def rows(seed):
    import bfcl_eval

    data = pathlib.Path(bfcl_eval.__file__).parent / "data"
    for category in CATEGORIES:
        some = random.Random(f"{seed} {category}")
        questions = [json.loads(line) for line in open(data / f"BFCL_v4_{category}.json")]
        answers = [json.loads(line) for line in open(data / "possible_answer" / f"BFCL_v4_{category}.json")]
        assert [q["id"] for q in questions] == [a["id"] for a in answers]
        for question, answer in zip(questions, answers):
            for underscores in (False, True):
                base = {
                    "category": category, "functions": without_prose(question["function"]),
                    "possible": answer["ground_truth"], "underscoreToDot": underscores,
                }
                calls = calls_of(answer["ground_truth"], first, underscores)
                outputs = [calls] + [calls_of(answer["ground_truth"], some.randrange, underscores) for _ in range(4)]
                near = list(calls_nearly(calls, base["functions"], some))
                outputs += near if not underscores else some.sample(near, min(8, len(near)))
                for number, output in enumerate(outputs):
                    yield {**base, "id": f"{question['id']}/{int(underscores)}/{number}", "output": output}
                if underscores:
                    continue
                for number, output in enumerate(outputs[:5]):
                    for kind, row in enumerate(answers_nearly({**base, "output": output}, some)):
                        yield {**row, "id": f"{question['id']}/answers/{number}.{kind}"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=str(ROOT / ".build" / "release" / "suffice"))
    parser.add_argument("--keep", help="keep the rows in this file")
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    judge = oracle()
    expected, crashes, seen = {}, {}, set()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(options.keep or pathlib.Path(folder) / "rows.jsonl")
        with open(path, "w") as out:
            for row in rows(options.seed):
                content = json.dumps({**row, "id": ""})
                if content in seen:
                    continue
                seen.add(content)
                out.write(json.dumps(row) + "\n")
                try:
                    expected[row["id"]] = (row["category"], *judge(row))
                except Exception as error:
                    crashes[row["id"]] = (row["category"], type(error).__name__)
        command = [options.binary, "validate", "--check-vectors", str(path)]
        answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {answer.returncode}: {answer.stderr[:2000]}")
    ours = {}
    for line in answer.stdout.splitlines():
        row = json.loads(line)
        ours[row["id"]] = (row["valid"], row["errorType"])

    counts, wrong, kinds = collections.Counter(), [], collections.Counter()
    for name, (category, valid, kind) in expected.items():
        counts[category] += 1
        kinds[kind or "valid"] += 1
        if ours.get(name) != (valid, kind):
            wrong.append((name, (valid, kind), ours.get(name)))
    print(f"bfcl-eval {VERSION}: {len(expected):,} rows with a verdict, {len(wrong)} judged otherwise")
    for category in CATEGORIES:
        print(f"  {category:24}{counts[category]:>8,}")
    for kind, count in kinds.most_common():
        print(f"    {kind:56}{count:>8,}")
    print(f"  rows on which its checker raises an exception: {len(crashes):,}")
    met = collections.Counter((*crash, ours.get(name, (None, None))[1]) for name, crash in crashes.items())
    for (category, error, kind), count in sorted(met.items()):
        print(f"    {category:24}{error:16}{count:>6,}  answered {kind}")
    for name, theirs, own in wrong[:20]:
        print(f"  {name}: BFCL says {theirs}, suffice says {own}")
    if wrong or len(expected) < LEAST:
        sys.exit(1)


if __name__ == "__main__":
    enter_environment()
    main()
