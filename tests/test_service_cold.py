"""A cold start imports no engine that the answer does not need."""

import subprocess
import sys
from pathlib import Path

import pytest
from qa_doubles import SHIPPED

ROOT = Path(__file__).parent.parent
HEAVY = ("torch", "sentence_transformers", "transformers", "streamlit", "fastapi")

QUESTION = """
import sys
sys.path.insert(0, "tests")
import qa_doubles
answer = qa_doubles.ask(qa_doubles.invented(shipped={shipped}), "护学路由谁负责?")
assert "区教育局" in answer.answer, answer
answer = qa_doubles.ask(qa_doubles.invented(shipped={shipped}), "護學路有幾條?")
assert "22条" in answer.answer, answer
"""


def imported(code: str) -> set[str]:
    """The heavy packages that a fresh interpreter has loaded after running `code`."""
    show = f"\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code + show],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_check_sees_what_is_imported() -> None:
    assert imported("import fastapi") == {"fastapi"}


def test_importing_the_service_loads_no_heavy_package() -> None:
    assert imported("import qa.service.assistant, qa.service.library") == set()


def test_answering_loads_no_heavy_package() -> None:
    assert imported(QUESTION.format(shipped=False)) == set()


@pytest.mark.skipif(not SHIPPED, reason="the shipped encoder is not built yet")
def test_answering_with_the_shipped_encoder_loads_no_heavy_package() -> None:
    assert imported(QUESTION.format(shipped=True)) == set()
