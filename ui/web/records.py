"""Indexing as HTML: no index yet, its progress, its receipt; without gradio."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui.web.links import go
from ui.web.markup import Html, join, tag
from ui.wording import Words


def no_index(words: Words) -> Html:
    """Return what stands in place of the conversation before the first build; it leads to where one is made."""
    return tag(
        "section",
        tag("h2", words.say("no_index")),
        tag("p", words.say("no_index_text")),
        tag("p", go(words.say("build"), "keep")),
        class_="welcome missing",
    )


def progress(stage: str, done: int, total: int, words: Words) -> Html:
    """Return a progress bar for one step of indexing; `total` 0 means that its length is not known yet."""
    label = f"{words.stage(stage)} {done}/{total}" if stage and total else words.say("building")
    bar = tag("progress", value=min(done, total), max=total) if total else tag("progress")
    return tag("div", tag("p", label), bar, class_="progress")


def receipt(facts: Mapping[str, Any], words: Words) -> Html:
    """Return what an indexing run did; `facts` is the public form of a receipt (DESIGN §7)."""
    failed: Sequence[Mapping[str, str]] = facts["failed"]
    headline = words.say("built_with_failures" if failed else "built")
    size = ", ".join((words.count("reports", facts["reports"]), words.count("passages", facts["passages"])))
    rows = [
        (words.say("added"), _files(facts["added"])),
        (words.say("changed_files"), _files(facts["changed"])),
        (words.say("removed"), _files(facts["removed"])),
        (words.say("unchanged"), join(str(facts["unchanged"]))),
        (words.say("failed"), _failures(failed, "reason")),
        (words.say("not_whole"), _failures(facts.get("notes", ()), "note")),
    ]
    table = tag("dl", *(join(tag("dt", name), tag("dd", value)) for name, value in rows if value not in ("", "0")))
    took = words.say("took", seconds=f"{facts['seconds']:.1f}")
    return tag(
        "div",
        tag("h3", headline),
        tag("p", f"{size} · {took}", class_="status"),
        table,
        class_="receipt with-failures" if failed else "receipt",
        role="status",
    )


def trouble(message: str) -> Html:
    """Return one of our errors as a plain sentence."""
    return tag("div", tag("p", message), class_="notice trouble", role="alert")


def _files(files: Sequence[str], shown: int = 8) -> Html:
    if not files:
        return Html()
    rest = f" … (+{len(files) - shown})" if len(files) > shown else ""
    return join(f"{len(files)}: ", ", ".join(files[:shown]), rest)


def _failures(failed: Sequence[Mapping[str, str]], why: str) -> Html:
    if not failed:
        return Html()
    return tag("ul", *(tag("li", tag("strong", fault["file"]), ": ", fault[why]) for fault in failed))
