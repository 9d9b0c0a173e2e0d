"""The chat: a Streamlit page over the HTTP API.

Run by `wence serve`, which names the API in `WENCE_API_URL`; alone with
`streamlit run ui/chat.py` it looks for the API at its usual place.  The page holds no logic of
answering: a turn is a question and either the API's answer or the error that came instead.  A turn
with neither is open and is asked on the next run, so an interrupted one is not lost.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ui import markdown, render
from ui.api_client import Client, ServiceAway, ServiceRefused
from ui.examples import example_questions
from ui.wording import LANGUAGES

API_URL = os.environ.get("WENCE_API_URL", "http://127.0.0.1:8600")
HISTORY_TURNS = 20
LISTED_DOCUMENTS = 100
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="8" fill="#2f5d62"/>'
    '<path d="M9 9h14M9 15h14M9 21h8" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/>'
    '<circle cx="22.5" cy="21.5" r="2.6" fill="#e3b65b"/></svg>'
)
Words = Mapping[str, str]
Source = tuple[str, str]  # address of the API and generation of its index


@st.cache_resource(show_spinner=False, on_release=Client.close)
def client_of(url: str) -> Client:
    """One connection for all sessions."""
    return Client(url)


@st.cache_data(show_spinner=False, max_entries=64)
def document_of(source: Source, document_id: str) -> dict[str, Any] | None:
    """A document as of one generation of the index; None when it is no longer held."""
    try:
        return client_of(source[0]).document(document_id)
    except ServiceRefused:
        return None


@st.cache_data(show_spinner=False, max_entries=4)
def examples_of(source: Source, language: str) -> list[str]:
    """Questions that this corpus can answer."""
    client = client_of(source[0])
    tasks, targets = client.get("/v1/tasks")["tasks"], client.get("/v1/targets")["targets"]
    return example_questions(client.documents(), tasks, targets, LANGUAGES[language])


def current_source() -> Source:
    """The API and the generation of its index; a new one empties the caches of the old."""
    generation: str = client_of(API_URL).get("/healthz")["generation"]
    if st.session_state.get("generation") not in (None, generation):
        document_of.clear()
        examples_of.clear()
    st.session_state.generation = generation
    return API_URL, generation


def take(question: str) -> None:
    """Open a turn with this question."""
    if question.strip():
        st.session_state.turns.append({"question": question.strip()})


def reopen() -> None:
    """Ask the last question again."""
    st.session_state.turns[-1].pop("error", None)


def show_sidebar() -> tuple[str, Words]:
    """Language, documents held and missing; returns the language chosen."""
    with st.sidebar:
        heading = st.empty()
        first = LANGUAGES["中文"]["language"] + " · " + LANGUAGES["English"]["language"]
        language = st.segmented_control(
            first, list(LANGUAGES), default="中文", key="language", required=True
        )
        words = LANGUAGES[language or "中文"]
        heading.html(f'<h1 class="wence-brand">{words["title"]}</h1>')
        show_models(words)
        if st.button(words["new_chat"], key="new-chat", width="stretch"):
            st.session_state.turns = []
        show_documents(words)
        st.caption(words["disclaimer"])
    return language or "中文", words


@st.cache_data(show_spinner=False, ttl=60)
def models_of(url: str) -> tuple[list[str], str]:
    """Names of the answering models, and the one that answers where none is named."""
    health = client_of(url).get("/healthz")
    return health["models"], health["default_model"]


def show_models(words: Words) -> None:
    """The choice of who writes, where there is one."""
    try:
        names, default = models_of(API_URL)
    except (ServiceAway, ServiceRefused):
        return  # the list of documents below says so
    if len(names) > 1:
        st.selectbox(
            words["model"],
            names,
            index=names.index(default),
            key="model",
            format_func=lambda name: words["model_extractive"] if name == names[0] else name,
        )


def show_documents(words: Words) -> None:
    """The list of documents; says so when the service is away."""
    try:
        documents = client_of(API_URL).documents()
    except ServiceAway:
        st.warning(words["unreachable"].format(url=API_URL))
        return
    except ServiceRefused as refused:
        st.warning(str(refused))
        return
    for key, held in (("documents", True), ("missing", False)):
        group = [one for one in documents if one["held"] is held]
        if not group:
            continue
        lines = "".join(render.document_html(one, words) for one in group[:LISTED_DOCUMENTS])
        if len(group) > LISTED_DOCUMENTS:
            rest = words["more_documents"].format(count=len(group) - LISTED_DOCUMENTS)
            lines += f"<li><small>{rest}</small></li>"
        title = words[key].format(count=len(group))
        st.html(f'<h2 class="wence-side">{title}</h2><ul class="wence-documents">{lines}</ul>')


def show_start(language: str, words: Words) -> None:
    """What an empty chat shows: what this is and what one could ask."""
    st.html(f'<div class="wence-start"><h1>{words["title"]}</h1><p>{words["tagline"]}</p></div>')
    try:
        questions = examples_of(current_source(), language)
    except (ServiceAway, ServiceRefused):
        return
    if not questions:
        st.info(words["empty_corpus"])
        return
    st.html(f'<h2 class="wence-side">{words["examples"]}</h2>')
    with st.container(key="examples"):
        for number, question in enumerate(questions):
            st.button(question, key=f"example-{number}", on_click=take, args=(question,))


def show_answer(
    turn: int, question: str, answer: Mapping[str, Any], words: Words, latest: bool
) -> None:
    """Badge, answer, citations that open, and what to ask next."""
    asked = answer["standalone_question"]
    understood = asked if turn > 1 and render.differs(asked, question) else ""
    badge = render.badge_html(
        answer["status"], words, answer["verification"], understood, answer["model"]
    )
    st.html(f'<div class="wence-head">{badge}</div>')
    citations = answer["citations"]
    markers = [citation["marker"] for citation in citations]
    st.markdown(markdown.answer_markdown(answer["answer"], turn, markers, citations))
    if citations:
        show_citations(turn, citations, words)
    if latest and answer["suggestions"]:
        st.html(f'<h2 class="wence-side">{words["suggestions"]}</h2>')
        with st.container(key="suggestions", horizontal=True):
            for number, question in enumerate(answer["suggestions"]):
                key = f"suggestion-{turn}-{number}"
                st.button(question, key=key, on_click=take, args=(question,))


def show_citations(turn: int, citations: Sequence[Mapping[str, Any]], words: Words) -> None:
    """Every citation as a fold with its whole clause."""
    try:
        source = current_source()
        documents = {
            name: document_of(source, name)
            for name in dict.fromkeys(one["document_id"] for one in citations)
        }
    except (ServiceAway, ServiceRefused):
        documents = {}
    st.html(render.citations_html(citations, turn, documents, words))


def ask(turn: dict[str, Any], earlier: Sequence[Mapping[str, Any]], words: Words) -> None:
    """Ask the question of an open turn, showing the answer as it comes."""
    history = [
        {"question": one["question"], "answer": one["answer"]["answer"]}
        for one in earlier[-HISTORY_TURNS:]
        if "answer" in one
    ]
    status, draft, written = st.empty(), st.empty(), ""
    status.html(f'<div class="wence-working">{words["working"]}</div>')
    try:
        for name, data in client_of(API_URL).stream(
            turn["question"], history, st.session_state.get("model")
        ):
            if name == "status":
                status.html(f'<div class="wence-working">{render.escape(data["text"])}</div>')
            elif name == "token":
                written += data["text"]
                draft.markdown(markdown.answer_markdown(written, 0, ()))
            elif name == "answer":
                turn["answer"] = data
    except ServiceRefused as refused:
        turn["error"] = words["failed"].format(detail=refused)
    except ServiceAway:
        key = "cut_off" if written else "unreachable"
        turn["error"] = words[key].format(url=API_URL)


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="问策 Wence", page_icon=ICON, layout="centered")
    st.html(Path(__file__).with_name("style.css"))
    turns: list[dict[str, Any]] = st.session_state.setdefault("turns", [])
    language, words = show_sidebar()
    turns = st.session_state.turns
    question = st.chat_input(words["ask_here"], key="question", max_chars=2000)
    if question:
        take(question)
    if not turns:
        show_start(language, words)
    for number, turn in enumerate(turns, start=1):
        with st.chat_message("user"):
            st.text(turn["question"])
        with st.chat_message("assistant"):
            latest = number == len(turns)
            if "answer" not in turn and "error" not in turn:
                ask(turn, turns[: number - 1], words)
                st.rerun()
            elif "answer" in turn:
                show_answer(number, turn["question"], turn["answer"], words, latest)
            else:
                st.error(turn["error"])
                if latest:
                    st.button(words["retry"], key="retry", on_click=reopen)


main()
