"""Settings: `wence.toml`, the environment before it, and one line for what is wrong."""

from pathlib import Path

import pytest

from index.reranker import TOP
from qa.errors import SettingsError
from qa.service.settings import load_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WENCE_INDEX_DIR", raising=False)
    return tmp_path


def test_without_a_file_it_listens_on_this_machine_only() -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.ui_port) == ("127.0.0.1", 8600, 8601)
    assert settings.encoder_choice == (None, None, None)
    assert (settings.reranker, settings.rerank_top) == (None, TOP)
    assert settings.language == "auto"


def test_the_file_in_the_working_folder_is_read(folder: Path) -> None:
    (folder / "wence.toml").write_text('index_dir = "here"\nport = 9000\n', "utf-8")
    settings = load_settings()
    assert settings.index_dir == Path("here")
    assert settings.port == 9000
    assert settings.ui_port == 8601


def test_the_environment_wins_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "wence.toml").write_text('port = 9000\nhost = "::1"\n', "utf-8")
    monkeypatch.setenv("WENCE_PORT", "9001")
    settings = load_settings()
    assert (settings.port, settings.host) == (9001, "::1")


def test_an_empty_model_means_the_shipped_encoder_and_no_reranker(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENCE_ENCODER", "")
    assert load_settings().encoder is None
    (folder / "wence.toml").write_text('encoder = ""\nreranker = ""\n', "utf-8")
    assert (load_settings().encoder, load_settings().reranker) == (None, None)


def test_an_empty_prompt_is_not_the_same_as_none(folder: Path) -> None:
    # Unset: chosen by the model's family.  Empty: no prompt, whatever the family.
    (folder / "wence.toml").write_text('encoder = "e5"\nencoder_query_prompt = ""\n', "utf-8")
    assert load_settings().encoder_choice == ("e5", "", None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("UI_PORT", "1.5"),
        ("LANGUAGE", "fr"),
        ("RERANK_TOP", "0"),
    ],
)
def test_a_bad_variable_is_named_in_one_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"WENCE_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert f"WENCE_{name}" in message
    assert value in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b'port = "nine"', "port"),
        (b"prot = 9000", "prot"),
        (b"port = ", "TOML"),
        (b"[port]\nvalue = 1", "port"),
        ("host = '主机'".encode("gb18030"), "UTF-8"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_bad_file_is_named_in_one_line(content: bytes, named: str, folder: Path) -> None:
    (folder / "wence.toml").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_empty_index_folder_is_not_the_working_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENCE_INDEX_DIR", "")
    assert load_settings().index_dir.resolve() != folder.resolve()


def test_settings_do_not_change() -> None:
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1
