#!/usr/bin/env python3
"""What the gateway costs beside nginx, both in front of the same upstream: CPU per request, latency, memory.

    python3 Benchmarks/gateway/run.py [--binary .build/release/suffice] [--litellm PATH] [--rounds 7]

Needs nginx, wrk and a C compiler. The figures to go by are the differences within one run; times of a machine that
does other work say little.
"""
import argparse, json, os, re, shutil, socket, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
BODIES = {
    "json-2k": (2_000, False),
    "json-200k": (200_000, False),
    "stream-50": (2_000, True),
}


def body(size, streams):
    """A request as agents send it: a long system prompt and a conversation of many small messages."""
    head = '{"stream":true,' if streams else "{"
    head += '"model":"claude-opus-4-8","max_tokens":1024,"system":[{"type":"text","text":"'
    head += "You are a careful engineer. " * 20 + '"}],"messages":['
    messages = []
    length = len(head)
    while length < size - 150:
        role = "assistant" if len(messages) % 2 else "user"
        message = '{"role":"%s","content":[{"type":"text","text":"%s\\n\\"quoted\\""}]}' % (
            role, ("line %d of the conversation; " % len(messages)) * (3 if size < 10_000 else 30))
        if length + len(message) > size and messages:
            break
        messages.append(message)
        length += len(message) + 1
    return head + ",".join(messages) + "]}"


def wait_for(port, process):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            if process.poll() is not None:
                sys.exit(f"{process.args[0]} ended with {process.returncode}")
            time.sleep(0.05)
    sys.exit(f"nothing listens on {port}")


def family(pid):
    """A process and its children: nginx works in those."""
    pids = [pid]
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as file:
                    if int(file.read().rsplit(")", 1)[1].split()[1]) == pid:
                        pids.append(int(entry))
            except OSError:
                pass
    return pids


def cpu(pid):
    """Seconds of CPU, to the microsecond where the kernel tells it so (schedstat), of all threads."""
    total = 0.0
    for one in family(pid):
        try:
            for thread in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{thread}/schedstat") as file:
                    total += int(file.read().split()[0]) / 1e9
        except OSError:
            pass
    return total


def resident(pid):
    total = 0
    for one in family(pid):
        with open(f"/proc/{one}/status") as file:
            total += int(re.search(r"VmRSS:\s+(\d+)", file.read())[1])
    return total / 1024


def wrk(port, script, connections, seconds):
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script,
         f"http://127.0.0.1:{port}/v1/messages"], capture_output=True, text=True, check=True).stdout
    done = int(re.search(r"(\d+) requests in", out)[1])
    unit = {"us": 1, "ms": 1000, "s": 1_000_000}
    median = re.search(r"50%\s+([\d.]+)(us|ms|s)", out)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return {
        "requests": done,
        "medianMicroseconds": float(median[1]) * unit[median[2]],
        "failed": int(failed[1]) if failed else 0,
    }


def measure(pid, port, script, connections, seconds):
    wrk(port, script, connections, 1)
    before = cpu(pid)
    result = wrk(port, script, connections, seconds)
    result["cpuMicroseconds"] = (cpu(pid) - before) / max(1, result["requests"]) * 1e6
    return result


def summary(name, rounds):
    """What one door took, by the median round, and how far each round was over nginx's in the same round."""
    mine = [each[name] for each in rounds]
    over = sorted(each[name]["cpuMicroseconds"] - each["nginx"]["cpuMicroseconds"] for each in rounds)
    return {
        "requests": sum(each["requests"] for each in mine),
        "failed": sum(each["failed"] for each in mine),
        "medianMicroseconds": statistics.median(each["medianMicroseconds"] for each in mine),
        "cpuMicroseconds": statistics.median(each["cpuMicroseconds"] for each in mine),
        "overNginx": {"median": statistics.median(over), "least": over[0], "most": over[-1]},
    }


def memory(pid, port, streams=500):
    """Resident megabytes while so many streams are open at once."""
    request = body(2_000, True).encode()
    head = f"POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\n"
    head += f"content-length: {len(request)}\r\n\r\n"
    sockets = []
    for _ in range(streams):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(head.encode() + request)
        sockets.append(connection)
    for connection in sockets:
        connection.recv(65536)
    found = resident(pid)
    for connection in sockets:
        connection.close()
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--binary", default=".build/release/suffice")
    arguments.add_argument("--command", help="another gateway; {port}, {upstream} and {folder} are filled in")
    arguments.add_argument("--litellm", help="LiteLLM's proxy, to be measured too")
    arguments.add_argument("--seconds", type=int, default=2, help="of one round at one door")
    arguments.add_argument("--rounds", type=int, default=7, help="in turns: what the machine does else meets every door")
    arguments.add_argument("--json", action="store_true")
    arguments = arguments.parse_args()
    folder = tempfile.mkdtemp(prefix="suffice-bench-")
    processes = []

    def start(command, **more):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=open(f"{folder}/log", "a"), **more)
        processes.append(process)
        return process

    try:
        upstream, nginx, ours, litellm, slow = 4801, 4802, 4803, 4804, 4805
        subprocess.run(["cc", "-O2", "-o", f"{folder}/upstream", f"{HERE}/upstream.c", "-lpthread"], check=True)
        wait_for(upstream, start([f"{folder}/upstream", str(upstream)]))
        with open(f"{folder}/nginx.conf", "w") as file:
            file.write(f"""
                worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off;
                events {{ worker_connections 2048; }}
                http {{
                    access_log off; client_max_body_size 32m; client_body_buffer_size 512k;
                    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
                    uwsgi_temp_path {folder}; scgi_temp_path {folder};
                    keepalive_requests 1000000;
                    upstream provider {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 1000000; }}
                    server {{
                        listen 127.0.0.1:{nginx};
                        location / {{
                            proxy_pass http://provider; proxy_http_version 1.1; proxy_set_header Connection "";
                            proxy_buffering off;
                        }}
                    }}
                }}""")
        doors = {"direct": (processes[0].pid, upstream)}
        process = start([shutil.which("nginx") or "/usr/sbin/nginx", "-c", f"{folder}/nginx.conf"])
        wait_for(nginx, process)
        doors["nginx"] = (process.pid, nginx)

        def gateway(port, to):
            if arguments.command:
                return arguments.command.format(port=port, upstream=f"http://127.0.0.1:{to}", folder=folder).split()
            with open(f"{folder}/suffice.toml", "w") as file:
                file.write('[routing]\nmode = "observe"\n')
                for provider in ["anthropic", "openai"]:
                    file.write(f'[[upstream]]\nname = "{provider}"\nprovider = "{provider}"\n'
                               f'url = "http://127.0.0.1:{to}"\npass_through = true\n')
            return [arguments.binary, "serve", "--config", folder, "--port", str(port), "--dashboard-port", "0"]

        environment = dict(os.environ, SUFFICE_DATA=f"{folder}/data", HOME=folder, LITELLM_LOCAL_MODEL_COST_MAP="True",
                           LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY="true")
        process = start(gateway(ours, upstream), env=environment)
        wait_for(ours, process)
        doors["suffice"] = (process.pid, ours)
        if arguments.litellm:
            with open(f"{folder}/litellm.yaml", "w") as file:
                file.write(f"""model_list:
  - model_name: claude-opus-4-8
    litellm_params: {{model: anthropic/claude-opus-4-8, api_key: x, api_base: "http://127.0.0.1:{upstream}"}}
""")
            process = start([arguments.litellm, "--config", f"{folder}/litellm.yaml", "--port", str(litellm),
                             "--host", "127.0.0.1"], env=environment)
            for _ in range(120):
                try:
                    socket.create_connection(("127.0.0.1", litellm), 0.2).close()
                    break
                except OSError:
                    time.sleep(1)
            doors["litellm"] = (process.pid, litellm)

        report = {"schema": 2, "seconds": arguments.seconds, "rounds": arguments.rounds, "results": {}}
        for kind, (size, streams) in BODIES.items():
            text = body(size, streams)
            with open(f"{folder}/body.json", "w") as file:
                file.write(text)
            script = f"{folder}/post.lua"
            with open(script, "w") as file:
                file.write(f'''local file = io.open("{folder}/body.json"); wrk.body = file:read("*a"); file:close()
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.headers["anthropic-version"] = "2023-06-01"
wrk.headers["x-api-key"] = "sk-ant-api03-bench"
wrk.headers["user-agent"] = "claude-cli/2.1.329 (external, cli)"
wrk.headers["x-claude-code-session-id"] = "0f6d3d1c-bench"
wrk.headers["anthropic-beta"] = "claude-code-20250219,interleaved-thinking-2025-05-14"
''')
            for connections in [1, 16]:
                rounds = [{name: measure(pid, port, script, connections, arguments.seconds)
                           for name, (pid, port) in doors.items()} for _ in range(arguments.rounds)]
                report["results"].setdefault(kind, {})[str(connections)] = {
                    name: summary(name, rounds) for name in doors}
        wait_for(slow, start([f"{folder}/upstream", str(slow), "50", "200000"]))
        process = start(gateway(slow + 1, slow), env=dict(environment, SUFFICE_DATA=f"{folder}/data2"))
        wait_for(slow + 1, process)
        report["residentMegabytesAt500Streams"] = memory(process.pid, slow + 1)
        if arguments.json:
            print(json.dumps(report, indent=1))
            return
        print(f"{'body':10} {'conns':>5} {'door':8} {'requests':>9} {'median µs':>10} {'CPU µs':>8}"
              "  over nginx (least to most)")
        for kind, by in report["results"].items():
            for connections, results in by.items():
                for name, result in results.items():
                    over = result["overNginx"]
                    print(f"{kind:10} {connections:>5} {name:8} {result['requests']:>9} "
                          f"{result['medianMicroseconds']:>10.0f} {result['cpuMicroseconds']:>8.1f}"
                          + ("" if name in ("direct", "nginx") else
                             f"  {over['median']:.0f} ({over['least']:.0f} to {over['most']:.0f})")
                          + (f"  {result['failed']} failed" if result["failed"] else ""))
        print(f"resident at 500 streams: {report['residentMegabytesAt500Streams']:.1f} MB")
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(folder, ignore_errors=True)


main()
