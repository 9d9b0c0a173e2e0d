"""What a user can type or set is documented, and the version has its lines in the changelog."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from qa.service.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = README + "".join(page.read_text("utf-8") for page in sorted((ROOT / "docs").glob("*.md")))


@cache
def help_of(*command: str) -> str:
    found = subprocess.run(
        [sys.executable, "-m", "ui.cli", *command, "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return found.stdout


def commands() -> list[str]:
    """The commands that `wence --help` names: its own, and those other packages bring."""
    listed = re.findall(r"^ {4}([a-z]+)(?= |$)", help_of(), re.MULTILINE)
    others = re.search(r"^其他命令：([a-z、]+)$", help_of(), re.MULTILINE)
    return listed + (others[1].split("、") if others else [])


def test_the_help_is_read_as_it_is_printed() -> None:
    assert {"add", "remove", "ls", "ask", "serve", "doctor", "eval"} <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_each_command_is_documented(command: str) -> None:
    assert f"wence {command}" in README


@pytest.mark.parametrize("command", commands())
def test_each_option_is_documented(command: str) -> None:
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_of(command))) - {"--help"}
    assert [option for option in sorted(options) if option not in PAGES] == []


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_each_setting_is_documented(setting: str) -> None:
    named = rf"WENCE_{setting.upper()}\b|`{setting}`|^{setting} = "  # "port" alone is a mere word
    assert re.search(named, README, re.ASCII | re.MULTILINE)


@pytest.mark.parametrize("goal", ["install", "run", "test"])
def test_each_main_goal_of_make_is_documented_and_exists(goal: str) -> None:
    assert re.search(rf"^{goal}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert f"make {goal}" in PAGES


def test_the_version_has_its_lines_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[?v?{re.escape(version)}\b", changelog, re.MULTILINE)
