"""Lists of documents realised, addresses asked anew, and what must survive a failure."""

import html
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import types
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from qa_doubles import PLAN, RULES, encoder, write_invented
from web_site import CITY_PAGE, HTML, Page, Site, served

from index import origins
from index.errors import CorruptIndexError
from index.snapshot import restore, snapshot
from index.verify import verify
from ingest.errors import EncodingError, MetadataError
from ingest.readers.base import Reading
from ingest.readers.decoding import decode
from ingest.sources import read_sources
from ingest.web.addresses import document_id
from ingest.web.errors import PageMissingError
from qa.service import library
from qa.service.library import Library
from qa.service.settings import Settings
from qa.service.sync import Outcome, sync, update
from ui import cli

ROOT = Path(__file__).parents[1]
NOTE = "关于调整公交票价的通知\n\n一、自2031年5月1日起，公交票价调整为2元。\n"


@pytest.fixture(autouse=True)
def _double() -> Iterator[None]:
    with mock.patch.object(library, "load_encoder", return_value=encoder()):
        yield


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        yield one


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index_dir=tmp_path / "index", allow_private_addresses=True, web_timeout_s=10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "list"
    made.mkdir()
    return made


@pytest.fixture
def _pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no reader of web pages is installed, one that takes their lines."""
    if importlib.util.find_spec("ingest.readers.html") is not None:
        return

    def read(data: bytes, _: str) -> Reading:
        text = re.sub(r"(?s)<head.*?</head>|<[^>]*>", "", data.decode())
        return Reading(html.unescape(re.sub(r"\n{2,}", "\n", text)).strip() + "\n")

    made = types.ModuleType("ingest.readers.html")
    vars(made)["read"] = read
    monkeypatch.setitem(sys.modules, "ingest.readers.html", made)


def listing(folder: Path, *entries: str) -> Path:
    """Write the list of a folder."""
    text = "".join(f"[[document]]\n{textwrap.dedent(one).strip()}\n\n" for one in entries)
    (folder / "sources.toml").write_text(text, "utf-8")
    return folder


def synced(settings: Settings, *folders: Path) -> dict[str, str]:
    """What became of each document, by its name."""
    with Library.open(settings) as writer:
        return {one.name: one.change for one in sync(writer, folders)}


def updated(settings: Settings, *, anew: bool = False) -> list[Outcome]:
    with Library.open(settings, create=False) as writer:
        return list(update(writer, anew=anew))


def held(settings: Settings) -> dict[str, bool]:
    with Library.open(settings) as writer:
        return {info.id: info.held for info in writer.index.documents()}


def text_of(settings: Settings, document: str) -> str:
    with Library.open(settings) as writer:
        return writer.index.document(document).text


# Addresses that are added.


def test_an_address_can_be_added_and_is_one_document_whatever_its_title(
    settings: Settings, site: Site
) -> None:
    url = site.text("/a/t2031.txt", NOTE)
    with Library.open(settings) as writer:
        (outcome,) = writer.add([url])
        info = writer.index.info(outcome.document_id)
        assert (info.source, info.held, outcome.change) == (url, True, "added")
        assert info.id == document_id(url)
        assert [one.change for one in writer.add([url])] == ["unchanged"]
        site.text("/a/t2031.txt", NOTE.replace("关于调整公交", "关于再次调整轨道交通"))
        (outcome,) = writer.add([url + "#top"])
        assert outcome.change == "replaced"
        assert [one.id for one in writer.index.documents()] == [info.id]
        assert "轨道交通" in writer.index.document(info.id).text


def test_markdown_is_told_by_its_name(settings: Settings, site: Site) -> None:
    url = site.text("/guide.md", "# 办事指南\n\n## 一、材料\n\n提交身份证复印件。\n")
    with Library.open(settings) as writer:
        (outcome,) = writer.add([url])
        assert writer.index.info(outcome.document_id).media_type == "text/markdown"


def test_a_text_whose_encoding_only_the_header_says_is_read(settings: Settings, site: Site) -> None:
    words = "蠔業籌議：鑊氣蟹粥、鹹蛋蝦餃。\n"
    with pytest.raises(EncodingError):
        decode(words.encode("big5"))  # rare words, by which Big5 can't be told
    headers = {"Content-Type": "text/plain; charset=Big5"}
    site.pages["/a.txt"] = Page(words.encode("big5"), headers=headers)
    with Library.open(settings) as writer:
        (outcome,) = writer.add([site.url("/a.txt")])
        text = writer.index.document(outcome.document_id).text
    assert text == words


def test_an_address_that_fails_is_told_and_leaves_nothing(settings: Settings, site: Site) -> None:
    with Library.open(settings) as writer:
        with pytest.raises(PageMissingError, match="404"):
            writer.add([site.url("/missing.txt")])
        assert writer.index.documents() == []
        assert not (settings.index_dir / origins.FILE).exists()


# Lists.


def test_a_list_brings_files_addresses_and_what_is_not_held(
    settings: Settings, site: Site, folder: Path
) -> None:
    (folder / "rules.txt").write_text(RULES, "utf-8")
    url = site.text("/note.txt", NOTE)
    listing(
        folder,
        'id = "rules"\nfile = "rules.txt"\ntitle = "助餐办法"',
        f'url = "{url}"\ntitle = "票价通知"\nissued = 2031-04-01\nsource = "市交通局网站"',
        'id = "plan"\ntitle = "综合交通规划"',
    )
    assert synced(settings, folder) == {
        "助餐办法": "added",
        "票价通知": "added",
        "综合交通规划": "declared",
    }
    assert held(settings) == {"rules": True, document_id(url): True, "plan": False}
    with Library.open(settings) as writer:
        info = writer.index.info(document_id(url))
    assert (info.title, info.issued) == ("票价通知", date(2031, 4, 1))
    assert info.source == "市交通局网站"


def test_nothing_changes_the_second_time_and_nothing_is_sent_twice(
    settings: Settings, site: Site, folder: Path
) -> None:
    url = site.text("/note.txt", NOTE, etag='"v1"')
    listing(folder, f'url = "{url}"\ntitle = "票价通知"\nissued = 2031-04-01')
    assert synced(settings, folder) == {"票价通知": "added"}
    before = (settings.index_dir / "manifest.json").read_bytes()
    assert synced(settings, folder) == {"票价通知": "unchanged"}
    assert (settings.index_dir / "manifest.json").read_bytes() == before
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'


def test_what_the_list_states_anew_holds_though_the_page_did_not_change(
    settings: Settings, site: Site, folder: Path
) -> None:
    url = site.text("/note.txt", NOTE, etag='"v1"')
    synced(settings, listing(folder, f'url = "{url}"\ntitle = "票价通知"'))
    assert synced(settings, listing(folder, f'url = "{url}"\ntitle = "新票价通知"')) == {
        "新票价通知": "replaced"
    }


def test_what_a_list_no_longer_names_is_withdrawn_and_nothing_else(
    settings: Settings, site: Site, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_invented(other)
    (folder / "rules.txt").write_text(RULES, "utf-8")
    (folder / "travel.txt").write_text(PLAN, "utf-8")
    url, own = site.text("/note.txt", NOTE), site.text("/own.txt", NOTE)
    with Library.open(settings) as writer:
        writer.add([other, own])  # by hand, so no list may take them away
    entries = [
        'file = "rules.txt"\ntitle = "助餐办法"',
        f'id = "note"\nurl = "{url}"\ntitle = "票价通知"',
        'id = "plan"\ntitle = "综合交通规划"',
        'id = "second"\nfile = "travel.txt"\ntitle = "方案"',
    ]
    synced(settings, listing(folder, *entries))
    kept = held(settings)
    assert len(kept) == 8
    assert synced(settings, listing(folder, entries[3])) == {
        "方案": "unchanged",
        "助餐办法": "removed",
        "票价通知": "removed",
        "综合交通规划": "removed",
    }
    assert set(held(settings)) == {"meals", "transport", "travel", document_id(own), "second"}
    assert b"note" not in (settings.index_dir / origins.FILE).read_bytes()
    assert synced(settings, listing(folder)) == {"方案": "removed"}


def test_a_file_with_another_title_replaces_the_one_before(
    settings: Settings, folder: Path
) -> None:
    (folder / "rules.txt").write_text(RULES, "utf-8")
    synced(settings, listing(folder, 'file = "rules.txt"\ntitle = "甲办法"'))
    again = synced(settings, listing(folder, 'file = "rules.txt"\ntitle = "乙办法"'))
    assert again == {"乙办法": "added", "甲办法": "removed"}
    assert len(held(settings)) == 1


def test_a_document_that_moves_to_another_list_stays(
    settings: Settings, site: Site, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    entry = f'id = "note"\nurl = "{site.text("/note.txt", NOTE, etag="v1")}"\ntitle = "通知"'
    synced(settings, listing(folder, entry))
    listing(other, entry)
    listing(folder)
    assert synced(settings, folder, other) == {"通知": "unchanged"}
    assert held(settings) == {"note": True}
    assert synced(settings, folder) == {}
    assert held(settings) == {"note": True}


def test_an_address_added_by_hand_takes_the_id_that_its_list_states(
    settings: Settings, site: Site, folder: Path
) -> None:
    url = site.text("/note.txt", NOTE)
    with Library.open(settings) as writer:
        writer.add([url])
    assert synced(settings, listing(folder, f'id = "note"\nurl = "{url}"\ntitle = "票价通知"')) == {
        "票价通知": "added",
        "关于调整公交票价的通知": "removed",
    }
    assert held(settings) == {"note": True}
    with Library.open(settings) as writer:
        assert [one.document_id for one in writer.add([url])] == ["note"]


def test_a_list_takes_over_what_was_added_by_hand_without_fetching_it_again(
    settings: Settings, site: Site, folder: Path
) -> None:
    url = site.text("/note.txt", NOTE, etag='"v1"')
    with Library.open(settings) as writer:
        writer.add([url])
    synced(settings, listing(folder, f'url = "{url}"'))
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'
    assert list(synced(settings, listing(folder)).values()) == ["removed"]
    assert held(settings) == {}


def test_one_failure_stops_nothing_and_keeps_what_was_held(
    settings: Settings, site: Site, folder: Path
) -> None:
    names = ("a", "b", "c")
    urls = {name: site.text(f"/{name}.txt", NOTE.replace("2元", f"{name}元")) for name in names}
    (folder / "rules.txt").write_text(RULES, "utf-8")
    entries = [f'id = "{name}"\nurl = "{url}"\ntitle = "{name}"' for name, url in urls.items()]
    listing(folder, *entries, 'file = "rules.txt"\ntitle = "助餐办法"')
    synced(settings, folder)
    before = held(settings)
    site.pages["/a.txt"] = Page(status=500)
    site.text("/b.txt", "")
    site.text("/c.txt", NOTE.replace("2元", "3元"))
    (folder / "rules.txt").write_bytes(b"\x89PNG")
    assert synced(settings, folder) == {
        "a": "failed",
        "b": "failed",
        "c": "replaced",
        "rules.txt": "failed",
    }
    assert held(settings) == before
    assert "a元" in text_of(settings, "a")
    assert "b元" in text_of(settings, "b")
    assert "3元" in text_of(settings, "c")


def test_a_new_id_for_an_address_that_fails_keeps_the_text_under_the_old_one(
    settings: Settings, site: Site, folder: Path
) -> None:
    url = site.text("/note.txt", NOTE)
    synced(settings, listing(folder, f'id = "old"\nurl = "{url}"'))
    listing(folder, f'id = "new"\nurl = "{url}"')
    site.pages["/note.txt"] = Page(status=500)
    assert list(synced(settings, folder).values()) == ["failed"]
    assert held(settings) == {"old": True, "new": False}
    site.text("/note.txt", NOTE)
    synced(settings, folder)
    assert held(settings) == {"new": True}


def test_what_cannot_be_fetched_is_recorded_as_not_held_with_its_address(
    settings: Settings, site: Site, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listing(folder, f'id = "note"\nurl = "{site.url("/note.txt")}"\ntitle = "票价通知"')
    assert synced(settings, folder) == {"票价通知": "failed"}
    assert held(settings) == {"note": False}
    with mock.patch.dict(os.environ, {"WENCE_INDEX_DIR": str(settings.index_dir)}):
        assert cli.main(["ls"]) == 0
    assert capsys.readouterr().out == f"note\t未入库\t票价通知\t\t\t{site.url('/note.txt')}\n"
    site.text("/note.txt", NOTE)
    assert synced(settings, folder) == {"票价通知": "added"}
    assert held(settings) == {"note": True}


def test_a_folder_that_is_added_fetches_nothing(
    settings: Settings, site: Site, folder: Path
) -> None:
    url = site.text("/note.txt", NOTE)
    listing(folder, f'id = "note"\nurl = "{url}"\ntitle = "票价通知"', f'url = "{url}?untitled"')
    with Library.open(settings) as writer:
        assert writer.add([folder]) == []
    assert site.asked == []
    assert held(settings) == {"note": False, document_id(url + "?untitled"): False}
    site.pages["/note.txt?untitled"] = site.pages["/note.txt"]
    synced(settings, folder)
    with Library.open(settings) as writer:
        writer.add([folder])
    assert held(settings) == {"note": True, document_id(url + "?untitled"): True}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('file = "a.txt"\nurl = "https://example.org/"', "既有file又有url"),
        ("url = 3", "url是3"),
        ('url = "file:///etc/passwd"', "协议是file"),
        ('url = "https://a:b@example.org/"', "用户名"),
    ],
)
def test_a_bad_entry_stops_before_anything_is_done(
    settings: Settings, folder: Path, entry: str, said: str
) -> None:
    (folder / "a.txt").write_text(NOTE, "utf-8")
    with pytest.raises(MetadataError, match=said):
        synced(settings, listing(folder, 'id = "x"\ntitle = "甲"', entry))
    assert held(settings) == {}


def test_an_address_listed_twice_or_a_missing_list_is_an_error(
    settings: Settings, folder: Path
) -> None:
    with pytest.raises(MetadataError, match=r"没有sources\.toml"):
        synced(settings, folder)
    twice = ['url = "https://example.org/a#1"', 'url = "https://EXAMPLE.org/a"']
    with pytest.raises(MetadataError, match="出现多次"):
        synced(settings, listing(folder, *twice))


@pytest.mark.usefixtures("_pages_are_read")
def test_a_page_of_a_citys_site_becomes_the_plan_that_others_refer_to(
    settings: Settings, site: Site, folder: Path
) -> None:
    url = site.text("/nw1/20310309/6517c7.html", CITY_PAGE, HTML)
    listing(folder, f'id = "charging"\nurl = "{url}"\ntitle = "云泽市公共充电设施建设规划"')
    assert synced(settings, folder) == {"云泽市公共充电设施建设规划": "added"}
    with Library.open(settings) as writer:
        document = writer.index.document("charging")
    assert document.info.media_type == "text/html"
    assert document.info.source == url
    assert "到2035年，全市新建公共充电桩8600个，中心城区服务半径不超过900米。" in document.text
    assert "ivs_content" not in document.text


def test_the_shipped_list_knows_where_two_of_its_documents_are() -> None:
    named = {e.values["title"]: e.url for e in read_sources(ROOT / "corpus") if e.url}
    assert sorted(title[:2] for title in named) == ["上海", "黄浦"]
    assert all(str(url).startswith("https://shanghai.gov.cn/") for url in named.values())


# Asked anew.


def test_an_update_tells_what_changed_what_did_not_and_what_failed(
    settings: Settings, site: Site, folder: Path
) -> None:
    names = ("same", "new", "gone")
    urls = [site.text(f"/{name}.txt", NOTE + name + "。\n", etag=name) for name in names]
    entry = f'id = "gone"\nurl = "{urls[2]}"\ntitle = "通知"\nissued = 2031-04-01'
    synced(settings, listing(folder, entry))
    with Library.open(settings) as writer:
        writer.add(urls[:2])
    site.text("/new.txt", NOTE + "newer。\n", etag="newer")
    del site.pages["/gone.txt"]
    site.asked.clear()
    outcomes = updated(settings)
    assert {one.document_id: one.change for one in outcomes} == {
        document_id(urls[0]): "unchanged",
        document_id(urls[1]): "replaced",
        "gone": "failed",
    }
    assert "404" in str(next(one.error for one in outcomes if one.change == "failed"))
    assert "gone" in text_of(settings, "gone")
    assert "newer" in text_of(settings, document_id(urls[1]))
    assert {path for path, sent in site.asked if "If-None-Match" in sent} == {
        "/same.txt",
        "/new.txt",
        "/gone.txt",
    }
    assert [one.change for one in updated(settings, anew=True)][:1] == ["failed"]
    assert "If-None-Match" not in site.asked[-1][1]


def test_the_version_that_is_asked_for_is_the_one_that_is_held(
    settings: Settings, site: Site
) -> None:
    """As after a kill between the writing of the index and that of its origins."""
    url = site.text("/a.txt", NOTE, etag='"v1"')
    with Library.open(settings) as writer:
        writer.add([url])
        before = (settings.index_dir / origins.FILE).read_bytes()
        site.text("/a.txt", NOTE.replace("2元", "3元"), etag='"v2"')
        writer.add([url])
    (settings.index_dir / origins.FILE).write_bytes(before)
    site.text("/a.txt", NOTE, etag='"v1"')  # the site went back: what is held is not that
    assert [one.change for one in updated(settings)] == ["replaced"]
    assert "2元" in text_of(settings, document_id(url))
    assert [one.change for one in updated(settings)] == ["unchanged"]


def test_nothing_is_left_of_a_document_that_was_removed(settings: Settings, site: Site) -> None:
    urls = [site.text(f"/{name}.txt", NOTE + name) for name in ("first", "second")]
    with Library.open(settings) as writer:
        writer.add(urls)
        writer.remove([document_id(urls[0])])
    content = (settings.index_dir / origins.FILE).read_text("utf-8")
    assert "first" not in content
    assert "second" in content
    assert [one.document_id for one in updated(settings)] == [document_id(urls[1])]
    # As after a kill between withdrawing and forgetting.
    with Library.open(settings) as writer:
        writer.index.delete([document_id(urls[1])])
    assert updated(settings) == []
    with Library.open(settings) as writer:
        writer.add([site.text("/third.txt", NOTE)])
    assert "second" not in (settings.index_dir / origins.FILE).read_text("utf-8")


KILLED = """
import os, signal, sys
from index import origins
from index_doubles import HashingEncoder
from qa.service import library
from qa.service.settings import Settings
library.load_encoder = lambda *_: HashingEncoder(1024)
written = origins.write
def write(*given):
    if sys.argv[3] == "after":
        written(*given)
    os.kill(os.getpid(), signal.SIGKILL)
origins.write = write
given = Settings(index_dir=sys.argv[1], allow_private_addresses=True)
with library.Library.open(given) as writer:
    writer.add([sys.argv[2]])
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_around_the_writing_of_origins_costs_nothing(
    settings: Settings, site: Site, when: str
) -> None:
    url = site.text("/a.txt", NOTE, etag='"v1"')
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(settings.index_dir), url, when],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert held(settings) == {document_id(url): True}
    assert len(updated(settings)) == (1 if when == "after" else 0)
    with Library.open(settings) as writer:
        assert [one.change for one in writer.add([url])] == ["unchanged"]
    assert [one.change for one in updated(settings)] == ["unchanged"]
    assert "If-None-Match" in site.asked[-1][1]


def test_origins_are_in_snapshots_and_no_foreign_file(
    settings: Settings, site: Site, tmp_path: Path
) -> None:
    url = site.text("/a.txt", NOTE, etag='"v1"')
    with Library.open(settings) as writer:
        writer.add([url])
    assert verify(settings.index_dir) == []
    snapshot(settings.index_dir, tmp_path / "saved.tar")
    restore(tmp_path / "saved.tar", tmp_path / "restored")
    restored = settings.model_copy(update={"index_dir": tmp_path / "restored"})
    assert [one.change for one in updated(restored)] == ["unchanged"]


def test_origins_are_read_as_they_were_written_and_refused_otherwise(tmp_path: Path) -> None:
    one = origins.Origin(
        "a", "https://example.org/", "/list", stated={"title": "甲", "issued": date(2031, 4, 1)}
    )
    origins.write(tmp_path, [one])
    assert origins.read(tmp_path) == {"a": one}
    for content in ("{", "[]", '{"format": "wence-origins", "version": 2, "origins": []}'):
        (tmp_path / origins.FILE).write_text(content)
        with pytest.raises(CorruptIndexError, match=r"origins\.json 不可读"):
            origins.read(tmp_path)


# The commands.


def test_the_commands_print_a_line_for_each_document_and_a_summary(
    settings: Settings,
    site: Site,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WENCE_INDEX_DIR", str(settings.index_dir))
    monkeypatch.setenv("WENCE_ALLOW_PRIVATE_ADDRESSES", "true")
    url = site.text("/a.txt", NOTE)
    listing(folder, f'id = "a"\nurl = "{url}"', f'url = "{site.url("/b.txt")}"\ntitle = "乙"')
    assert cli.main(["sync", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "已入库 关于调整公交票价的通知（a）"
    assert re.fullmatch(
        r"失败 乙（w\w{12}）：http://.*/b\.txt的网站说没有这个网页\(404\).*", lines[0]
    )
    assert lines[2] == "新增 1，更新 0，未变 0，撤下 0，失败 1"
    site.text("/a.txt", NOTE + "二、本通知有效期2年。\n")
    assert cli.main(["update"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "已更新 关于调整公交票价的通知（a）",
        "新增 0，更新 1，未变 0，撤下 0，失败 0",
    ]
    monkeypatch.setenv("WENCE_CORPUS_DIR", str(listing(folder)))
    assert cli.main(["sync"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "新增 0，更新 0，未变 0，撤下 2，失败 0"
    assert json.loads((settings.index_dir / origins.FILE).read_text("utf-8"))["origins"] == []
    assert cli.main(["sync", "nowhere"]) == 2
    assert capsys.readouterr().err.endswith("(bad_metadata)\n")
