import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Citation
from ingest import News, PastGeneration, build_index, fact_key
from tests.ingest.words import WordEmbedder
from tests.ui.elements import Elements
from ui.web.access.visitor import Visitor
from ui.web.keep.deeds import Keeping, Kept
from ui.web.keep.view import generations_view, keep
from ui.wording import LANGUAGES, words

RECORD = (
    "---\ntitle: Porto visits Lyon\ndate: 2025-03-12\nplace: Lyon\n---\n\nOn 12 March 2025 a delegation of the "
    "University of Porto visited the Lyon Institute of Education. Director Claire Moreau welcomed the delegation.\n"
)
HOSTILE = "<img src=x onerror=alert(1)>"
READER = Visitor(name="r", role="reader")


def generation(name: str = "20250101-000000-aaaaaa", *, published: bool = True, **more: object) -> PastGeneration:
    facts = {
        "generation": name, "added": ["a.md"], "changed": [], "removed": ["b.md"], "unchanged": 1,
        "failed": [{"file": "c.pdf", "reason": "it is torn"}], "reports": 2, "passages": 5, "embedded": 1,
        "seconds": 1.0, "news": [],
    }  # fmt: skip
    fields = {
        "generation": name, "built_at": "2025-01-01T00:00:00+00:00", "reports": 2, "passages": 5, "facts": 7,
        "model": "hashed words", "folder": "/srv/reports", "is_published": published, "is_readable": True,
        "receipt": facts,
    }  # fmt: skip
    return PastGeneration(**(fields | more))


@pytest.fixture
def waiting(tmp_path: Path) -> Callable[..., Kept]:
    (tmp_path / "reports").mkdir()
    (tmp_path / "brought").mkdir()
    keeping = Keeping(tmp_path / "data", tmp_path / "reports", patience=60)

    def bring(name: str = "porto.md", text: str = RECORD, **deeds: str) -> Kept:
        (tmp_path / "brought" / name).write_text(text, encoding="utf-8")
        keeping.upload([tmp_path / "brought" / name])
        if "reject" in deeds:
            one = keeping.waiting()[0]
            keeping.reject(one.id, fact_key(one.preview.facts[0]))
        if "title" in deeds:
            keeping.correct(keeping.waiting()[0].id, {"title": deeds["title"]})
        return keeping.kept()

    return bring


def test_a_reader_finds_a_plain_sentence_and_no_deed(waiting: Callable[..., Kept]) -> None:
    kept = replace(waiting(), generations=(generation(), generation("older", published=False)))
    for view in (keep, generations_view):
        shown = view(kept, {}, words(), READER)
        assert words().say("for_keepers") in shown
        assert "data-do" not in shown and "porto" not in shown


def test_a_waiting_file_is_a_card_with_its_form_its_facts_and_its_deeds(waiting: Callable[..., Kept]) -> None:
    kept = waiting()
    shown = keep(kept, {}, words())
    one = kept.waiting[0]
    assert f'data-do="correct" data-id="{one.id}"' in shown
    for name, value in (("title", "Porto visits Lyon"), ("dates", "2025-03-12"), ("place", "Lyon")):
        assert f'name="{name}" value="{value}"' in shown
    assert '<option value="en" selected>English</option>' in shown
    assert "Director Claire Moreau welcomed the delegation." in shown
    assert shown.count('data-do="reject"') == len(one.preview.facts) > 0
    assert 'data-do="add"' in shown and 'data-do="discard"' in shown and 'data-do="uncorrect"' not in shown
    assert "<details open" not in shown


def test_a_fact_not_so_is_struck_and_can_be_taken_back(waiting: Callable[..., Kept]) -> None:
    shown = keep(waiting(reject="yes"), {}, words())
    assert shown.count('data-do="accept"') == 1 and "<s" in shown
    assert "<details open" in shown


def test_a_correction_is_marked_and_can_be_taken_back(waiting: Callable[..., Kept]) -> None:
    shown = keep(waiting(title="Porto in Lyon"), {}, words())
    assert "Porto in Lyon" in shown and 'data-do="uncorrect"' in shown


def test_a_file_that_cannot_be_read_says_why_and_can_only_be_discarded(waiting: Callable[..., Kept]) -> None:
    shown = keep(waiting("blank.md", " \n"), {}, words())
    assert "blank.md" in shown and "it is empty" in shown
    assert 'data-do="discard"' in shown and 'data-do="add"' not in shown and 'data-do="correct"' not in shown


def test_a_waiting_file_shows_its_text_and_what_it_may_take_the_place_of(waiting: Callable[..., Kept]) -> None:
    kept = replace(waiting(), reports=(("old.md", "An older visit"), ("porto.md", "Itself")))
    shown = keep(kept, {"instead": "old.md"}, words())
    assert "On 12 March 2025 a delegation of the University of Porto visited" in shown
    options = [one for one in Elements(shown).named("option") if str(one["value"]).endswith(".md")]
    assert [(one["value"], "selected" in one) for one in options] == [("old.md", True)]


def test_a_file_that_tells_what_a_report_does_says_so(waiting: Callable[..., Kept]) -> None:
    kept = waiting()
    twin = replace(kept.waiting[0], preview=replace(kept.waiting[0].preview, twin="old.md"))
    shown = keep(replace(kept, waiting=(twin,), reports=(("old.md", "An older visit"),)), {}, words())
    assert words().say("keep_twin", file="old.md") in Elements(shown).text and 'data-do="replace"' in shown


def test_a_replacement_says_that_it_is_one(waiting: Callable[..., Kept], tmp_path: Path) -> None:
    (tmp_path / "reports" / "porto.md").write_text("# Old\n\nAn older record.\n")
    shown = keep(waiting(), {}, words())
    assert words().say("keep_replaces") in shown and words().say("keep_replace") in shown


def test_what_a_file_or_a_run_says_is_never_markup(waiting: Callable[..., Kept]) -> None:
    text = f"---\ntitle: {HOSTILE}\ndate: 2025\nplace: {HOSTILE}\n---\n\nDirector Claire Moreau of {HOSTILE} came.\n"
    kept = waiting("a&b.md", text)
    failed = {"file": HOSTILE, "reason": HOSTILE}
    receipt = dict(generation().receipt or {}) | {"failed": [failed], "added": [HOSTILE]}
    made = (generation(receipt=receipt), generation(HOSTILE, published=False, folder=HOSTILE, model=HOSTILE))
    kept = replace(kept, generations=made, folder=Path(HOSTILE))
    for view in (keep, generations_view):
        assert "<img" not in view(kept, {"open": HOSTILE}, words())


def test_the_last_run_shows_its_receipt_its_failures_and_its_news(tmp_path: Path) -> None:
    cited = Citation(report_id="0" * 12, file="a.md", title="A", date="2025", start=3, end=9, quote="signed")
    news = News(kind="new partner", subject="Lyon Institute", after="visited", citation=cited)
    shown = keep(Kept(folder=tmp_path, generations=(generation(news=(news,)),)), {}, words())
    assert "c.pdf" in shown and "it is torn" in shown
    assert "Lyon Institute" in shown and f'data-cite="{"0" * 12}:3:9"' in shown
    assert words().say("keep_none_waiting") in shown
    assert 'data-do="regenerate"' in shown and "disabled" not in shown


def test_before_anything_was_indexed_the_room_says_so(tmp_path: Path) -> None:
    shown = keep(Kept(folder=None), {}, words())
    assert words().say("no_index") in shown and 'data-do="sample"' in shown and 'data-do="office"' in shown
    assert 'data-do="regenerate"' not in shown
    assert words().say("keep_no_past") in generations_view(Kept(folder=None), {}, words())


def test_going_back_takes_two_steps_and_is_offered_for_what_can_serve() -> None:
    kept = Kept(
        folder=Path("/srv/reports"),
        generations=(
            generation(),
            generation("older", published=False),
            generation("oldest", published=False, is_readable=False, receipt=None),
        ),
    )
    shown = generations_view(kept, {}, words())
    assert shown.count('data-do="roll_back"') == 1 and 'data-id="older"' in shown
    assert shown.index("<details") < shown.index('data-do="roll_back"')
    assert words().say("keep_other_format") in shown
    assert 'data-do="forget"' in shown
    assert "1 added (a.md), 1 removed (b.md), 1 not read (c.pdf)" in shown
    boxes = {box["value"]: "checked" in box for box in Elements(shown).named("input")}
    assert boxes == {"older": True, "oldest": True}
    turned = (generation("new", published=False), *kept.generations)
    shown = generations_view(replace(kept, generations=turned), {}, words())
    boxes = {box["value"]: "checked" in box for box in Elements(shown).named("input")}
    assert boxes == {"new": False, "older": True, "oldest": True} and words().say("keep_newer") in shown
    only = generations_view(replace(kept, generations=kept.generations[:1]), {}, words())
    assert 'data-do="forget"' not in only and 'data-do="roll_back"' not in only


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_room_speaks_each_language_over_a_real_index(
    language: str, waiting: Callable[..., Kept], tmp_path: Path
) -> None:
    (tmp_path / "reports" / "old.md").write_text("# Old\n\nAn older record.\n")
    build_index(tmp_path / "reports", data=tmp_path / "data", embedder=WordEmbedder())
    kept = waiting(reject="yes", title="访问 Lyon")
    say = words(language)
    shown = keep(kept, {}, say)
    assert say.say("keep_title") in shown and say.say("keep_last_run") in shown and "old.md" in shown
    assert say.say("keep_past_title") in generations_view(kept, {}, say)


@pytest.mark.parametrize("language", LANGUAGES)
def test_paths_models_and_passages_stand_only_behind_details(language: str) -> None:
    made = generation("20250101-000000-abcdef", folder="/srv/far/away", model="hashed words")
    kept = Kept(folder=Path("/srv/far/away"), generations=(made,))
    say = words(language)
    for view in (keep, generations_view):
        shown = view(kept, {}, say)
        plain = re.sub(r'<details class="technical">.*?</details>', "", shown)
        assert "/srv/far/away" in shown
        for technical in ("/srv/far", "hashed words", "20250101-000000-abcdef", say.count("passages", 5)):
            assert technical not in plain
