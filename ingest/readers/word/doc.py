"""Word documents from before 2007 (.doc, .dot, and .wps of WPS): turned into .docx, then read.

Two converters can do it.  `doc2docx`, a library, is tried first: it starts no other program and
reads a document in a tenth of a second.  What it can't read goes to LibreOffice where that is
installed; it runs without windows or macros, in a folder of its own that is removed.  A file that
is cut off is refused at once: LibreOffice would give what is left of it as if it were all.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.errors import DamagedFileError, ReadError
from ingest.readers.base import Reading
from ingest.readers.word.docx import read_package

TIME_LIMIT = 20
"""Seconds that LibreOffice may take; it starts in some 5 and converts a document in 1."""

_PROGRAMS = ("soffice", "libreoffice")
_FOR_A_CONTROL_CHARACTER = "\ufffd"
_UNTRUSTED: Mapping[str, str] = {
    "MacroSecurityLevel": "3",  # only signed macros of trusted places, of which there are none
    "DisableMacrosExecution": "true",
}


def read(data: bytes, name: str) -> Reading:
    """The text of a Word document; raises `ReadError` if no converter can read it."""
    with TemporaryDirectory(prefix="wence-doc-") as made:
        folder = Path(made)
        source = folder / "document.doc"
        source.write_bytes(data)
        converted = folder / "converted" / "document.docx"
        converted.parent.mkdir()
        reason = _by_library(source, converted, name)
        if reason is not None:
            _by_program(source, converted, name, reason)
        return read_package(converted.read_bytes(), name, _FOR_A_CONTROL_CHARACTER)


def _by_library(source: Path, converted: Path, name: str) -> str | None:
    """Convert a document by `doc2docx`; why it can't, or None if it could."""
    from doc2docx import convert
    from doc2docx.errors import Doc2DocxError, EncryptedDocumentError, InvalidCompoundFile

    try:
        convert(source, converted)
    except EncryptedDocumentError as exc:
        raise DamagedFileError(
            f"{name}是加密的Word文档", "没有加密的文件", "去掉密码后再添加"
        ) from exc
    except InvalidCompoundFile as exc:
        raise DamagedFileError(
            f"{name}是残缺的旧版Word文档({exc})", "完整的文件", "重新下载后再添加"
        ) from exc
    except (Doc2DocxError, ArithmeticError, LookupError, TypeError, ValueError) as exc:
        return f"{type(exc).__name__}: {exc}"  # a beta version: a damaged file can trip it anywhere
    return None


def _by_program(source: Path, converted: Path, name: str, reason: str) -> None:
    """Convert a document by LibreOffice, or say what to install."""
    program = next((found for one in _PROGRAMS if (found := shutil.which(one))), None)
    if program is None:
        raise _unread(name, reason, "安装LibreOffice后再添加,或用Word、WPS另存为docx")
    profile = source.parent / "profile"
    _write_settings(profile)
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--nologo", "--nodefault", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(converted.parent), str(source),
    ]  # fmt: skip
    try:
        code = _run(command)
    except subprocess.TimeoutExpired as exc:
        raise _unread(name, f"LibreOffice用了{TIME_LIMIT}秒以上", "用Word或WPS另存为docx") from exc
    except OSError as exc:
        raise _unread(name, f"LibreOffice启动不了({exc.strerror})", "检查LibreOffice") from exc
    if code or not converted.is_file():
        raise _unread(name, reason, "重新下载,或用Word、WPS另存为docx")


def _run(command: Sequence[str]) -> int:
    """The exit status of a program; one that takes too long is ended with all that it started."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as running:
        try:
            return running.wait(TIME_LIMIT)
        except BaseException:
            if hasattr(os, "killpg"):
                os.killpg(running.pid, signal.SIGKILL)  # LibreOffice's starter leaves it behind
            running.kill()
            raise


def _write_settings(profile: Path) -> None:
    """A fresh profile in which no macro runs."""
    items = "".join(
        '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in _UNTRUSTED.items()
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        f'xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _unread(name: str, reason: str, remedy: str) -> ReadError:
    return DamagedFileError(f"{name}转换不了({reason})", "完整的旧版Word文档", remedy)
