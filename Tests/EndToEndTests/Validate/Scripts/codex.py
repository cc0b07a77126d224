"""Writes the rollouts of a made-up Codex: HOME SESSIONS STEPS. Every step runs `make step-SESSION-STEP`."""

import datetime
import json
import os
import sys

MODEL = "gpt-5.5"


def write_session(folder, number, steps):
    name = f"019f{number:04x}-0000-4000-8000-000000000000"
    start = datetime.datetime(2026, 9, 1) + datetime.timedelta(hours=number)
    with open(f"{folder}/rollout-{start:%Y-%m-%dT%H-%M-%S}-{name}.jsonl", "w", encoding="utf-8") as log:

        def line(kind, seconds, **payload):
            time = (start + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
            log.write(json.dumps({"timestamp": time, "type": kind, "payload": payload}) + "\n")

        instructions = {"text": "You are Codex. " + "Follow the rules. " * 800}
        line("session_meta", 0, id=name, cwd="/code/app", cli_version="0.142.4", base_instructions=instructions)
        line("turn_context", 0, turn_id=name, cwd="/code/app", model=MODEL, effort="high")
        task = [{"type": "input_text", "text": f"task {number}: fix it"}]
        line("response_item", 0, type="message", role="user", content=task)
        sum_in = sum_out = 0
        for step in range(steps):
            line("response_item", step * 3 + 1, type="reasoning", id=f"rs_{number}_{step}", encrypted_content="…")
            arguments = json.dumps({"cmd": f"make step-{number}-{step}"})
            call = {"name": "exec_command", "call_id": f"call_{number}_{step}", "arguments": arguments}
            line("response_item", step * 3 + 1, type="function_call", **call)
            output = f"Process exited with code 0\nOutput:\ndone {step}"
            line("response_item", step * 3 + 2, type="function_call_output", call_id=call["call_id"], output=output)
            tokens = 4000 + 100 * (step + 1)
            last = {"input_tokens": tokens, "cached_input_tokens": tokens - 100 if step else 0, "output_tokens": 60}
            sum_in, sum_out = sum_in + tokens, sum_out + 60
            total = {"input_tokens": sum_in, "cached_input_tokens": 0, "output_tokens": sum_out}
            info = {"last_token_usage": last, "total_token_usage": total}
            line("event_msg", step * 3 + 2, type="token_count", info=info)


def main():
    home, sessions, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    folder = f"{home}/.codex/sessions/2026/09/01"
    os.makedirs(folder, exist_ok=True)
    for number in range(sessions):
        write_session(folder, number, steps)


main()
