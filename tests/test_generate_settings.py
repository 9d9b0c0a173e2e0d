"""Language models in the settings: chosen by name, checked, their keys never to be read."""

import logging
import os
import traceback
from pathlib import Path

import pytest

from qa.errors import SettingsError
from qa.service.settings import Settings, load_settings
from ui import doctor

SECRET = "sk-5f0e-never-shown"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("WENCE_")]:
        monkeypatch.delenv(name)
    return tmp_path


def written(folder: Path, text: str) -> Settings:
    (folder / "wence.toml").write_text(text, "utf-8")
    return load_settings()


def test_without_models_only_quotations_answer() -> None:
    settings = load_settings()
    assert (settings.model, settings.models) == ("extractive", {})


def test_a_model_is_a_table_with_defaults(folder: Path) -> None:
    settings = written(folder, '[models.local]\nmodel = "qwen3"\n')
    one = settings.models["local"]
    assert (one.provider, one.model, one.base_url) == ("openai", "qwen3", None)
    assert (one.timeout_s, one.temperature, one.max_tokens) == (60, 0, 1024)
    assert one.key() == "none", "the key of another service is never taken from the environment"


def test_variables_name_a_model_too_and_win_over_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENCE_MODELS__LOCAL__MODEL", "from-variable")
    monkeypatch.setenv("WENCE_MODELS__LOCAL__API_KEY", SECRET)
    monkeypatch.setenv("WENCE_MODEL", "local")
    settings = written(folder, '[models.local]\nmodel = "from-file"\ntimeout_s = 7\n')
    one = settings.models["local"]
    assert (one.model, one.timeout_s, one.key()) == ("from-variable", 7, SECRET)
    assert settings.model == "local"


def test_the_key_may_stand_in_a_variable_of_any_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '[models.a]\nmodel = "m"\napi_key_env = "SOME_KEY"\n'
    one = written(folder, text).models["a"]
    assert one.key_missing == "SOME_KEY"
    monkeypatch.setenv("SOME_KEY", SECRET)
    assert (one.key_missing, one.key()) == ("", SECRET)


def test_a_key_of_another_service_in_the_environment_is_not_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    assert written(folder, '[models.a]\nmodel = "m"\n').models["a"].key() == "none"


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8000/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://[::1]:8000/v1", True),
        ("https://127.0.0.1.example.org/v1", False),
        ("https://models.example.org/v1/", False),
    ],
)
def test_addresses_of_this_machine_are_known(folder: Path, url: str, local: bool) -> None:
    one = written(folder, f'[models.a]\nmodel = "m"\nbase_url = "{url}"\n').models["a"]
    assert one.local is local
    assert one.base_url == url.rstrip("/")


BAD = [
    ('[models.a]\nbase_url = "http://h/v1"\n', "models.a.model"),
    ('[models.a]\nmodel = ""\n', "models.a.model"),
    ('[models.a]\nmodel = "m"\nbase_url = "h/v1"\n', "models.a.base_url"),
    (f'[models.a]\nmodel = "m"\nbase_url = "http://u:{SECRET}@h/v1"\n', "models.a.base_url"),
    (f'[models.a]\nmodel = "m"\nbase_url = "http://h/v1?key={SECRET}"\n', "models.a.base_url"),
    ('[models.a]\nmodel = "m"\ntimeout_s = 0\n', "models.a.timeout_s"),
    ('[models.a]\nmodel = "m"\ntemperature = 3\n', "models.a.temperature"),
    ('[models.a]\nmodel = "m"\nmax_tokens = 1\n', "models.a.max_tokens"),
    ('[models.a]\nmodel = "m"\nprovider = "Open AI"\n', "models.a.provider"),
    (f'[models.a]\nmodel = "m"\napi_kay = "{SECRET}"\n', "models.a.api_kay"),
    (f'[models.a]\nmodel = "m"\napi_key = ["{SECRET}"]\n', "models.a.api_key"),
    (f'[models.a]\napi_key = "{SECRET}"\n', "models.a.model"),
    (f'[models.a]\nmodel = "m"\napi_key = "{SECRET}"\napi_key_env = "X"\n', "models.a"),
    (f'[models.a]\nmodel = "m"\napi_key_env = "{SECRET} x"\n', "models.a.api_key_env"),
    ('[models.extractive]\nmodel = "m"\n', "models"),
    ('[models."a b"]\nmodel = "m"\n', "models"),
    ('model = "gone"\n', "model"),
    (f'model = "gone"\n[models.a]\nmodel = "m"\napi_key = "{SECRET}"\n', "model"),
    (f'api_key = "{SECRET}"\n', "api_key"),
    ('models = "deepseek"\n', "models"),
]


@pytest.mark.parametrize(("text", "named"), BAD)
def test_what_is_wrong_is_named_in_one_line_without_a_key(
    folder: Path, text: str, named: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        written(folder, text)
    message = str(caught.value)
    assert f"设置{named}" in message
    assert "\n" not in message
    if named != "models.a.api_key_env":  # a name is no key, and must be seen to be mended
        whole = "".join(traceback.format_exception(caught.value))
        assert SECRET not in whole
        assert SECRET not in repr(caught.value.__cause__)


@pytest.mark.parametrize("value", [f'{{"a": {{"api_key": "{SECRET}"', f"{SECRET}"])
def test_a_variable_that_is_no_json_is_told_without_its_words(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENCE_MODELS", value)
    with pytest.raises(SettingsError, match="WENCE_MODELS") as caught:
        load_settings()
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_the_key_is_in_no_repr_no_dump_and_no_log(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = written(folder, f'[models.a]\nmodel = "m"\napi_key = "{SECRET}"\n')
    logging.getLogger("wence").warning("%r %s", settings, settings.models["a"])
    seen = [repr(settings), str(settings), repr(settings.models), caplog.text]
    seen += [str(settings.model_dump()), settings.model_dump_json()]
    assert not any(SECRET in one for one in seen)


def test_doctor_shows_models_with_the_key_masked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(
        folder,
        f'model = "a"\n[models.a]\nmodel = "m"\napi_key = "{SECRET}"\n'
        '[models.b]\nmodel = "n"\napi_key_env = "NOT_SET_HERE"\n',
    )
    monkeypatch.setattr(doctor, "CHECKS", {"模型": doctor.check_models})
    assert doctor.examine() == 0
    out = capsys.readouterr().out
    assert SECRET not in out
    assert "  model = a\n" in out
    assert "  models.a = openai:m，服务商默认地址，密钥 ********，" in out
    assert "密钥取自 NOT_SET_HERE（未设置）" in out
    assert "  提示  模型：models.b 的密钥变量 NOT_SET_HERE 没有设置；" in out


def test_doctor_says_when_the_package_of_a_provider_is_not_installed(folder: Path) -> None:
    settings = written(folder, '[models.a]\nmodel = "m"\nprovider = "nobody_makes_this"\n')
    (found,) = doctor.check_models(settings)
    assert found.severity == "error"
    assert "nobody_makes_this" in found.found
