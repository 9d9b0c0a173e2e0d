"""Running a fresh process and keeping what it cost: wall clock and peak of resident memory.

The kernel hands a child's peak the size that its parent had when it started it.  So whoever
measures stays small: documents, encoders and indexes are loaded in children only.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import WenceError

_PROGRAM = Path(__file__).resolve().parent.parent
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes there, KiB on Linux


@dataclass(frozen=True, slots=True)
class Finished:
    """A process that ended well: milliseconds from its start to its end, peak bytes, its words."""

    ms: float
    peak: int
    out: str
    err: str


def python(
    arguments: Sequence[str], environment: Mapping[str, str] | None = None, given: str = ""
) -> Finished:
    """Run this interpreter with `arguments`, `given` on its standard input.

    It imports this very copy of the program, whatever lies in the working folder.  `environment`
    is added to the present one.  Raises WenceError with the last line that the process printed
    when it does not exit with 0.
    """
    command = [sys.executable, "-P", *arguments]
    paths = [str(_PROGRAM), *filter(None, [os.environ.get("PYTHONPATH")])]
    variables = {"PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(paths), **(environment or {})}
    with (
        tempfile.TemporaryFile() as source,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        source.write(given.encode())
        source.seek(0)
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=source, stdout=out, stderr=err, env={**os.environ, **variables}
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        ms = (time.perf_counter() - started) * 1000
        process.returncode = os.waitstatus_to_exitcode(status)
        words = []
        for stream in (out, err):
            stream.seek(0)
            words.append(stream.read().decode("utf-8", errors="replace"))
    if process.returncode:
        last = (words[1].strip().splitlines() or ["没有说明"])[-1]
        raise WenceError(
            f"测量用的子进程以{process.returncode}退出({last})", "正常结束", "按括号里的说明处理"
        )
    return Finished(ms, usage.ru_maxrss * PEAK_UNIT, *words)


def task(
    name: str,
    options: Mapping[str, object],
    environment: Mapping[str, str],
    module: str = "eval.bench_tasks",
) -> tuple[dict[str, Any], Finished]:
    """Run one task of a module in a fresh process: what it found, and what it cost."""
    ended = python(["-m", module, name], environment, json.dumps(options))
    found: dict[str, Any] = json.loads(ended.out)
    return found, ended
