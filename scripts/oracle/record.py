"""Runs the scripts of recorded cases against the installed libraries and writes down what happened.

    PYTHONPATH=<folder with transformers 4.57.6, torch, ...> python scripts/oracle/record.py test/oracle/rules/transformers/*.json

Each script runs in a process of its own, in an empty folder, with a time limit and without a network. With `--preload` that process is a fork of one
that has imported the named modules already, which spares each script the seconds that they take. The outcomes for the versions that are
importable are added to each file, or replaced; those of other versions stay. What a script tells counts as follows:

- an exception that ends it: `raises`, with its type and message;
- a printed line `effect: ...`: `effect`, with that text;
- a line on stderr that matches the case's `warning` (a regular expression): `warns`, with that line;
- else: `runs`.

A case with `files` finds these beside its script; null stands for one that isn't there. A case with `only` (library -> version range) is left alone where the installed version is outside of it; `none` stands for a library that
isn't installed, and is written down as its version.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import re
import runpy
import signal
import socket
import sys
import tempfile
import time
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NoReturn

LIBRARIES = "transformers trl peft accelerate datasets evaluate sentence-transformers simpletransformers langchain wandb bitsandbytes torch".split()

NOT_INSTALLED = "none"

OFFLINE = {
    "CUDA_VISIBLE_DEVICES": "",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "WANDB_MODE": "disabled",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_NUM_THREADS": "1",
    "MASTER_ADDR": "127.0.0.1",
}


def installed(libraries: list[str]) -> dict[str, str]:
    """The versions that are importable, without local parts (`2.7.1+cpu`), and Python's own."""
    versions = {}
    for library in libraries:
        try:
            versions[library] = version(library).split("+")[0]
        except PackageNotFoundError:
            continue
    return {**versions, "python": platform.python_version()}


def applies(case: dict[str, Any], versions: dict[str, str]) -> bool:
    from packaging.specifiers import SpecifierSet

    return all(name not in versions if text == NOT_INSTALLED else name in versions and SpecifierSet(text).contains(versions[name]) for name, text in case.get("only", {}).items())


def with_absent(case: dict[str, Any], versions: dict[str, str]) -> dict[str, str]:
    """The versions, with what the case wants not to be installed."""
    return {**versions, **{name: text for name, text in case.get("only", {}).items() if text == NOT_INSTALLED}}


def without_network(connect: Any) -> Any:
    """`socket.connect` that stays on this machine: what its own processes say to each other."""

    def refuse(self: socket.socket, address: Any) -> Any:
        if self.family == socket.AF_UNIX or address[0] in ("127.0.0.1", "localhost", "::1"):
            return connect(self, address)
        raise OSError(f"no network while recording: {address}")

    return refuse


def run_here(folder: Path) -> NoReturn:
    """In the forked process: the script of the folder, what it says in two files beside it."""
    status = 1
    os.chdir(folder)
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(name, os.O_CREAT | os.O_WRONLY), descriptor)
    sys.argv = ["case.py"]
    try:
        runpy.run_path("case.py", run_name="__main__")
        status = 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def status_of(process: int, timeout: int) -> int | None:
    """The exit status of a child; None when it had to be ended."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return None


def run(case: dict[str, Any], timeout: int) -> dict[str, Any]:
    """What became of a case's script."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "case.py").write_text(case["script"], encoding="utf-8")
        for file, text in case.get("files", {}).items():
            if text is not None:
                (folder / file).write_text(text, encoding="utf-8")
        sys.stdout.flush()
        process = os.fork()
        if process == 0:
            run_here(folder)
        status = status_of(process, timeout)
        stdout, stderr = ((folder / each).read_text(encoding="utf-8", errors="replace") for each in ("stdout", "stderr"))
    if status is None:
        return {"outcome": "raises", "exception": "TimeoutExpired", "message": f"no end after {timeout} s"}
    if status != 0:
        return {"outcome": "raises", **exception_of(stderr)}
    effect = re.search(r"^effect: (.*)$", stdout, re.MULTILINE)
    if effect:
        return {"outcome": "effect", "effect": effect[1]}
    if "warning" in case:
        for line in stderr.splitlines():
            if re.search(case["warning"], line):
                return {"outcome": "warns", "message": without_folders(line.strip())[:300]}
    return {"outcome": "runs"}


def exception_of(stderr: str) -> dict[str, str]:
    """The last exception of a traceback, its message up to the first line break."""
    found = re.findall(r"^((?:\w+\.)*\w+)(?::[ ]?(.*))?$", stderr.split("Traceback (most recent call last)")[-1], re.MULTILINE)
    names = [(name, message) for name, message in found if re.search(r"(Error|Exception|Exit|Interrupt)$", name)]
    name, message = names[0] if names else ("unknown", stderr.strip()[-200:])
    return {"exception": name.rsplit(".", 1)[-1], "message": without_folders(message.strip())[:300]}


def without_folders(message: str) -> str:
    """A message without the places that this machine keeps its packages in."""
    folders = sorted((each for each in sys.path if each), key=len, reverse=True)
    return re.sub("|".join(re.escape(each + os.sep) for each in folders), "", message)


def record(path: Path, versions: dict[str, str], timeout: int, names: list[str]) -> None:
    recording = json.loads(path.read_text(encoding="utf-8"))
    for case in recording["cases"]:
        if not applies(case, versions) or (names and case["name"] not in names):
            continue
        met = with_absent(case, versions)
        outcome = {"versions": met, **run(case, timeout)}
        shown = " ".join(str(outcome[key]) for key in ("outcome", "exception", "message", "effect") if key in outcome)
        print(f"{path.stem}: {case['name']}: {shown}", flush=True)
        others = [each for each in case.get("outcomes", []) if each["versions"] != met]
        case["outcomes"] = sorted([*others, outcome], key=lambda each: json.dumps(each["versions"], sort_keys=True))
        path.write_text(json.dumps(recording, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--libraries", default=",".join(LIBRARIES), help="whose versions are written down, separated by commas")
    parser.add_argument("--timeout", type=int, default=180, help="seconds for one script (default: 180)")
    parser.add_argument("--preload", default="", help="modules to import once, before the scripts, separated by commas")
    parser.add_argument("--case", action="append", default=[], help="only the case of this name; may be repeated")
    options = parser.parse_args()
    versions = installed(options.libraries.split(","))
    print(f"with {versions}", flush=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({**OFFLINE, "HOME": home, "HF_HOME": str(Path(home, "hf"))})
        socket.socket.connect = without_network(socket.socket.connect)  # type: ignore[method-assign]
        for module in filter(None, options.preload.split(",")):
            importlib.import_module(module)
        for path in options.files:
            record(path, versions, options.timeout, options.case)


if __name__ == "__main__":
    main()
