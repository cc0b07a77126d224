#!/usr/bin/env python3
"""Checks that the real agents take what Suffice writes for them.

Installs Claude Code (bundled with claude-agent-sdk) and Codex (openai-codex-cli-bin) from PyPI into .build, makes
histories whose findings become rules and exports, and starts each agent with the result before a loopback server that
notes which model is asked for. Nothing leaves the machine but the installation. What an administrator sets in /etc is
tried in a mount namespace of its own with another /etc; where that is not allowed it is left out.

    Scripts/check-agent-settings.py [BINARY]        # default .build/release/suffice
"""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

from agent_binaries import ROOT, claude_code, codex as codex_binary

asked = []


class Provider(http.server.BaseHTTPRequestHandler):
    """Refuses everything, and notes the model."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        try:
            asked.append(json.loads(body).get("model"))
        except ValueError:
            asked.append(None)
        answer = b'{"type":"error","error":{"type":"invalid_request_error","message":"only noted"}}'
        self.send_response(400)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST

    def log_message(self, *_):
        pass


def write_histories(home, project):
    """Ten small sessions on a frontier model with each agent."""
    for index in range(10):
        time = f"2026-10-{index + 10}T10:00:0"
        common = {"sessionId": f"s{index}", "cwd": project, "version": "2.1.219"}
        usage = {"input_tokens": 10, "output_tokens": 100, "cache_read_input_tokens": 1000}
        usage |= {"cache_creation_input_tokens": 500}
        usage |= {"cache_creation": {"ephemeral_5m_input_tokens": 500, "ephemeral_1h_input_tokens": 0}}
        reply = {"id": f"msg_{index}", "model": "claude-opus-4-8", "role": "assistant", "stop_reason": "end_turn"}
        reply |= {"content": [{"type": "text", "text": "ok"}], "usage": usage}
        question = {"role": "user", "content": f"What is {index}?"}
        lines(home / ".claude/projects/-app" / f"s{index}.jsonl", [
            common | {"type": "user", "timestamp": time + "0.000Z", "message": question},
            common | {"type": "assistant", "timestamp": time + "1.000Z", "requestId": f"r{index}", "message": reply},
        ])
        identity = f"0199a000-0000-7000-8000-00000000000{index}"
        tokens = {"input_tokens": 1500, "cached_input_tokens": 1000, "output_tokens": 100}
        tokens |= {"reasoning_output_tokens": 0, "total_tokens": 1600}
        content = [{"type": "output_text", "text": "ok"}]
        lines(home / ".codex/sessions/2026/10" / f"{index + 10}" / f"rollout-{time[:10]}T10-00-00-{identity}.jsonl", [
            {"timestamp": time + moment, "type": kind, "payload": payload} for moment, kind, payload in [
                ("0.000Z", "session_meta", {"id": identity, "cwd": project, "cli_version": "0.163.0"}),
                ("0.100Z", "turn_context", {"cwd": project, "model": "gpt-5.5"}),
                ("0.200Z", "event_msg", {"type": "user_message", "message": f"What is {index}?"}),
                ("1.000Z", "response_item", {"type": "message", "role": "assistant", "content": content}),
                ("1.100Z", "event_msg", {"type": "token_count", "info": {
                    "total_token_usage": tokens, "last_token_usage": tokens}}),
            ]
        ])


def lines(path, values):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(value) + "\n" for value in values))


def own_etc(folder):
    """How to start a program that sees another /etc, and that folder, full of links to the real one; none where this
    may not be done."""
    etc, real = folder / "etc", folder / "etc.real"
    etc.mkdir()
    real.mkdir()
    for name in os.listdir("/etc"):
        there = pathlib.Path("/etc", name)
        (etc / name).symlink_to(there.resolve() if there.is_symlink() else real / name)
    mapped = [] if os.geteuid() == 0 else ["--map-root-user"]
    mounts = 'mount --bind /etc "$0.real" && mount --bind "$0" /etc && exec "$@"'
    start = ["unshare", "--mount", *mapped, "sh", "-c", mounts, str(etc)]
    try:
        allowed = subprocess.run([*start, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        allowed = False
    return (start, etc) if allowed else (None, None)


def main():
    binary = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build/release/suffice").resolve()
    claude, codex = claude_code(), codex_binary()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        project = home / "app"
        project.mkdir()
        write_histories(home, str(project))
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "SUFFICE_DATA": folder + "/data",
            "SUFFICE_THRESHOLDS_MODEL_DOWNGRADE_USD": "0", "SUFFICE_THRESHOLDS_SAME_TIER_CHEAPER_USD": "0",
        }

        def suffice(*arguments, through=(), more={}):
            done = subprocess.run([*through, binary, *arguments], env=environment | more, cwd=project,
                                  capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(f"suffice {' '.join(arguments)}: {done.stderr}")
            return done.stdout

        def check(name, agent, arguments, more, wanted, through=()):
            nonlocal failures
            asked.clear()
            done = subprocess.run([*through, agent, *arguments], env=environment | more, cwd=project, timeout=300,
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True)
            holds = wanted in asked
            failures += not holds
            print(f"{'ok  ' if holds else 'FAIL'} {name}: asked for {sorted(set(map(str, asked)))}, wanted {wanted}")
            if not holds:
                print(done.stdout[-500:], done.stderr[-500:])

        direct = {"ANTHROPIC_BASE_URL": address, "ANTHROPIC_API_KEY": "none",
                  "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}
        exported = suffice("optimize", "export-config", "--target", "claude-code-settings", "--since", "all")
        (home / ".claude/settings.json").write_text(exported)
        check("Claude Code with the exported settings", claude, ["-p", "hi"], direct, json.loads(exported)["model"])
        (home / ".claude/settings.json").unlink()

        proposals = json.loads(suffice("rules", "list", "--format", "json"))["proposals"]
        shown = [json.loads(suffice("rules", "show", one["finding"], "--format", "json")) for one in proposals]
        rule = next(one["rule"] for one in shown if one["rule"]["agent"] == "claude-code")
        applied = json.loads(suffice("rules", "apply", rule["finding"], "--yes", "--format", "json"))
        target, prompt = applied["rule"]["target"], ["-p", "hi"]
        check("Claude Code with the rule's settings", claude, prompt, direct, target)

        def beaten(name, file, settings, wanted, through=()):
            """Writes other settings beside the rule's: what wins with the agent, Suffice says wins."""
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(settings))
            check(name, claude, prompt, direct, wanted, through)
            told(name, wanted != target, through=through)
            file.unlink()

        def told(name, wanted, **how):
            nonlocal failures
            said = bool(json.loads(suffice("rules", "list", "--format", "json", **how))["warnings"])
            failures += said != wanted
            print(f"{'ok  ' if said == wanted else 'FAIL'} {name}: suffice {'warns' if said else 'is quiet'}")

        own, shared = home / ".claude/settings.json", project / ".claude/settings.json"
        local, other = project / ".claude/settings.local.json", "claude-opus-4-8"
        beaten("the user's model below the rule", own, {"model": other}, target)
        beaten("the shared model below the rule", shared, {"model": other}, target)
        beaten("the user's ANTHROPIC_MODEL", own, {"env": {"ANTHROPIC_MODEL": other}}, other)
        beaten("the shared ANTHROPIC_MODEL", shared, {"env": {"ANTHROPIC_MODEL": other}}, other)
        through, etc = own_etc(home)
        if through:
            managed, third = etc / "claude-code/managed-settings.json", "claude-sonnet-4-6"
            beaten("the administrator's model", managed, {"model": other}, other, through)
            beaten("the administrator's model, the rule's own", managed, {"model": target}, target, through)
            beaten("the administrator's ANTHROPIC_MODEL", managed, {"env": {"ANTHROPIC_MODEL": other}}, other, through)
            beaten("the administrator's other settings", managed, {"cleanupPeriodDays": 30}, target, through)
            managed.write_text(json.dumps({"model": other}))
            parts = etc / "claude-code/managed-settings.d"
            beaten("the administrator's last part", parts / "50-model.json", {"model": third}, third, through)
            managed.unlink()
        else:
            print("skip the administrator's settings: no mount namespace may be made here")
        suffice("rules", "undo", applied["rule"]["id"])
        suffice("rules", "apply", rule["finding"], "--yes", "--shared")
        beaten("the local model over the rule's shared one", local, {"model": other}, other)
        suffice("rules", "undo", rule["finding"])

        provider = 'model_provider = "noted"\n'
        table = f'\n[model_providers.noted]\nname = "noted"\nbase_url = "{address}/v1"\nwire_api = "responses"\n'
        table += 'env_key = "NOTED_KEY"\nrequest_max_retries = 0\n'
        exported = suffice("optimize", "export-config", "--target", "codex-config", "--since", "all")
        model = exported.split('model = "')[1].split('"')[0]
        own = {"CODEX_HOME": folder + "/codex", "NOTED_KEY": "none"}
        (home / "codex").mkdir()
        (home / "codex/config.toml").write_text(provider + exported + table)
        run = ["exec", "--skip-git-repo-check"]
        check("Codex with the exported settings", codex, [*run, "hi"], own, model)
        (home / "codex/config.toml").write_text(provider + table)
        (home / "codex/small.config.toml").write_text(exported)
        check("Codex with the exported profile", codex, [*run, "--profile", "small", "hi"], own, model)

        # As Suffice says: a trusted project's configuration before a profile, and that before the user's.
        trust = f'\n[projects."{project.resolve()}"]\ntrust_level = "trusted"\n'
        (home / "codex/config.toml").write_text(provider + 'model = "gpt-5.5"\n' + table + trust)
        check("Codex with the profile over the user's model", codex, [*run, "--profile", "small", "hi"], own, model)
        (project / ".codex").mkdir(exist_ok=True)
        (project / ".codex/config.toml").write_text('model = "gpt-5.4"\n')
        check("Codex with the project's model over the user's", codex, [*run, "hi"], own, "gpt-5.4")
        check("Codex with the project's model over the profile's", codex, [*run, "--profile", "small", "hi"], own,
              "gpt-5.4")

        (project / ".codex/config.toml").unlink()
        codex_rule = next(one["rule"] for one in shown if one["rule"]["agent"] == "codex")
        suffice("rules", "apply", codex_rule["finding"], "--yes", more=own)
        check("Codex with the rule's settings", codex, [*run, "hi"], own, codex_rule["target"])
        told("Codex with the rule's settings", False, more=own)
        if through:
            managed = etc / "codex/managed_config.toml"
            managed.parent.mkdir(exist_ok=True)
            managed.write_text('model = "gpt-5.4"\n')
            name = "Codex with the administrator's model over the rule's"
            check(name, codex, [*run, "hi"], own, "gpt-5.4", through)
            told(name, True, through=through, more=own)
    server.shutdown()
    sys.exit(1 if failures else 0)


main()
