"""Short runs of the soaks that `make soak` runs at length: less than 15 seconds each."""

import subprocess
import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).parent / "soak"


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("kill_loop.py", ["--kills", "3"], "none lost"),
        ("kill_adding.py", ["--kills", "5", "--documents", "120"], "none lost"),
        ("many_readers.py", ["--seconds", "4", "--readers", "2"], "0 wrong reads"),
    ],
)
def test_a_short_soak_finds_nothing(name, options, said):
    command = [sys.executable, str(SOAK / name), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said in done.stdout, done.stderr
