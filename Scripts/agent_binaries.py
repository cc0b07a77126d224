"""Real agents from PyPI, installed into .build for the scripts that check against them."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ["claude-agent-sdk==0.2.184", "openai-codex-cli-bin==0.163.0"]


def _libraries():
    place = ROOT / ".build" / "python-agent-binaries"
    if not (place / "whole").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        subprocess.run([place / "bin" / "pip", "install", "--quiet", *PACKAGES], check=True)
        (place / "whole").touch()
    return next((place / "lib").iterdir()) / "site-packages"


def claude_code():
    return _libraries() / "claude_agent_sdk" / "_bundled" / "claude"


def codex():
    return _libraries() / "codex_cli_bin" / "bin" / "codex"
