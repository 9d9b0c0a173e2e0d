"""`wence doctor`: the settings in force, and what the checks of encoder, index and models found.

One line a finding, what to do behind it; the command returns 1 when one of them is an error.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version

from index.verify import Finding
from ingest.errors import WenceError
from qa.service.settings import Settings, load_settings
from ui.render import printable

NAMES = {"unit": "单位", "place": "地名", "term": "政策用语", "title": "文件名"}
LABELS = {"error": "异常", "warning": "提示"}


def check_index(settings: Settings) -> list[Finding]:
    """Every hash, span and vector of the index; the encoder too, since questions need it."""
    from index.encoder import load_encoder
    from index.verify import verify

    return verify(settings.index_dir, load_encoder(*settings.encoder_choice))


def check_service(settings: Settings) -> list[Finding]:
    """Whether a question could be asked now."""
    from qa.service.assistant import Assistant

    Assistant.open(settings)
    return []


def dictionary(settings: Settings) -> str:
    """How many names of the corpus the tokenizer knows, by kind."""
    from index.local import LocalIndex

    with LocalIndex.open(settings.index_dir) as index:
        counts = index.names()
    kinds = "、".join(f"{NAMES[kind]} {count}" for kind, count in counts.items())
    return f"{sum(counts.values())} 个名称（{kinds}）"


def check_models(settings: Settings) -> list[Finding]:
    """Whether the language models could be asked; none is, since that would cost money."""
    from qa.generate.language_model import provider_missing

    found = []
    for name, model in settings.models.items():
        if missing := provider_missing(model.provider):
            remedy = (
                f"安装 {missing}，或改用 openai" if missing != model.provider else "改用 openai"
            )
            told = f"models.{name} 的 provider {model.provider} 不能用"
            found.append(Finding("error", told, remedy))
        if model.key_missing:
            told = f"models.{name} 的密钥变量 {model.key_missing} 没有设置"
            found.append(Finding("warning", told, "设置它，或改用 api_key"))
    return found


CHECKS: dict[str, Callable[[Settings], list[Finding]]] = {
    "索引": check_index,
    "问答": check_service,
    "模型": check_models,
}


def findings(check: Callable[[Settings], list[Finding]], settings: Settings) -> Iterator[Finding]:
    """What a check found; an error that it raises is a finding like others."""
    try:
        yield from check(settings)
    except WenceError as error:
        yield Finding("error", f"{error.found}({error.code})", error.remedy)


def examine() -> int:
    """Print settings and findings; 1 when something is wrong."""
    settings = load_settings()
    print(f"wence {version('wence')}", "设置：", sep="\n")
    values = {name: value for name, value in settings.model_dump().items() if name != "models"}
    values |= {f"models.{name}": one.described() for name, one in settings.models.items()}
    for name, value in values.items():
        shown = "" if value is None else printable(str(value)).replace("\n", "\\n")
        print(f"  {name} = {shown}")
    print("检查：")
    sound = True
    for name, check in CHECKS.items():
        found = list(findings(check, settings))
        for one in found:
            sound = sound and one.severity != "error"
            print(
                printable(f"  {LABELS[one.severity]}  {name}：{one.found}；处理办法：{one.remedy}")
            )
        if not found:
            print(f"  正常  {name}")
    with suppress(WenceError):  # which the checks have said
        print(f"  词典  {dictionary(settings)}")
    return 0 if sound else 1
