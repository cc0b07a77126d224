#!/usr/bin/env python3
"""Times suffice beside `cat` on the same warm files; standard library only, any machine with /proc.

usage: bench.py [--binary .build/release/suffice] [--logs HOME | --source HOME] [--megabytes 600] [--runs 7]

--source is a home folder whose Claude Code logs are copied under new ids until there are enough (make-logs.py);
--logs is a home folder that is large enough as it is. Runs alternate, A B A B, and ratios are taken pair by pair, so
that a machine that slows down slows both.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

here = pathlib.Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("--binary", default=str(here.parent / ".build/release/suffice"))
parser.add_argument("--logs")
parser.add_argument("--source", default=str(pathlib.Path.home()))
parser.add_argument("--megabytes", type=int, default=600)
parser.add_argument("--runs", type=int, default=7)
options = parser.parse_args()
binary = str(pathlib.Path(options.binary).resolve())
scratch = pathlib.Path(tempfile.mkdtemp(prefix="suffice-bench-"))


def timed(command, **settings):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, **settings)
    return (time.perf_counter() - start) * 1000


def spread(values, unit="ms"):
    return f"median {statistics.median(values):7.1f} {unit}  (min {min(values):.1f}, max {max(values):.1f})"


def peak_anonymous(command, **settings):
    """Megabytes of anonymous memory at the highest of readings a millisecond apart, and the process's peak RSS."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **settings)
    peak = {"RssAnon": 0, "VmHWM": 0}

    def watch():
        while process.poll() is None:
            try:
                for line in open(f"/proc/{process.pid}/status"):
                    name, _, rest = line.partition(":")
                    if name in peak:
                        peak[name] = max(peak[name], int(rest.split()[0]) / 1024)
            except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
                return
            time.sleep(0.001)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    return peak


try:
    home = options.logs
    if home is None:
        home = str(scratch / "home")
        subprocess.run([sys.executable, str(here / "make-logs.py"), options.source, home, str(options.megabytes)], check=True)
    files = [str(path) for path in pathlib.Path(home, ".claude", "projects").rglob("*.jsonl")]
    size = sum(os.path.getsize(path) for path in files)
    print(f"{len(files)} files, {size / 1e6:.0f} MB; {os.cpu_count()} cores")
    listing = scratch / "files"
    listing.write_bytes(b"\0".join(path.encode() for path in files))
    cat = ["xargs", "-0", "-a", str(listing), "cat"]
    data = scratch / "data"
    environment = {**os.environ, "HOME": home, "SUFFICE_DATA": str(data), "SUFFICE_CONFIG": str(scratch)}
    for name in ("CLAUDE_CONFIG_DIR", "CODEX_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        environment.pop(name, None)
    spend = [binary, "spend", "--by", "model", "--format", "json"]

    timed(cat)
    cats, colds = [], []
    for _ in range(options.runs):
        cats.append(timed(cat))
        shutil.rmtree(data, ignore_errors=True)
        colds.append(timed(spend, env=environment))
    ratios = [cold / base for cold, base in zip(colds, cats)]
    print(f"cat FILES >/dev/null          {spread(cats)}")
    print(f"cold ingest, stored, reported {spread(colds)}")
    print(f"  ratio to cat                median {statistics.median(ratios):7.2f}     (min {min(ratios):.2f}, max {max(ratios):.2f})")
    warm = [timed(spend, env=environment) for _ in range(options.runs)]
    print(f"second run, nothing new       {spread(warm)}")
    optimize = [timed([binary, "optimize", "--since", "all", "--format", "json"], env=environment) for _ in range(options.runs)]
    print(f"optimize --since all          {spread(optimize)}")
    version = [timed([binary, "--version"], env=environment) for _ in range(options.runs * 3)]
    print(f"suffice --version             {spread(version)}")
    transcript = max(files, key=os.path.getsize)
    status = f'{{"session_id":"x","transcript_path":"{transcript}","model":{{"id":"claude-opus-4-8"}}}}'.encode()
    line = [timed([binary, "statusline"], env=environment, input=status) for _ in range(options.runs * 3)]
    print(f"suffice statusline            {spread(line)}")
    shutil.rmtree(data, ignore_errors=True)
    peak = peak_anonymous(spend, env=environment)
    print(f"peak memory of a cold ingest  {peak['RssAnon']:.0f} MB anonymous, {peak['VmHWM']:.0f} MB resident")
finally:
    shutil.rmtree(scratch)
