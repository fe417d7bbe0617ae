"""Saved questions: asked again after every indexing run, so that a keeper learns whose answer has changed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus import IndexMissing, QuestionsError, RapporteurError, UsageError
from ui.options import DATA, Data, Json, Model
from ui.terminal import complain, out, print_json

QUESTIONS = "saved_questions.jsonl"
ANSWERS = "saved_answers.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A question to be asked again."""

    id: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A saved question whose answer cites other sentences than before, or has another status."""

    question: str
    before: str
    after: str

    @property
    def text(self) -> str:
        """The news as one line."""
        moved = f" ({self.before} → {self.after})" if self.before != self.after else ""
        return f"Answer changed: {self.question}{moved}"

    def to_dict(self) -> dict[str, str]:
        """The news as in the receipt; no single record proves it."""
        return {"kind": "answer changed", "subject": self.question, "form": "", "before": self.before,
                "after": self.after, "file": "", "quote": ""}  # fmt: skip


def read_saved(data: Path) -> tuple[Saved, ...]:
    """The saved questions of a data folder, in order; empty when none was saved.

    Raises:
        QuestionsError: A line is malformed; names the file and the line.
    """
    from ui.batch import open_lines, read_lines  # brings the assistant along

    path = data / QUESTIONS
    if not path.is_file():
        return ()
    found: dict[str, Saved] = {}
    with open_lines(str(path)) as lines:
        for line in read_lines(lines, lambda given, number: given.get("question")):
            if line.fault or not isinstance(line.asked, str) or not line.asked.strip():
                fault = line.fault or f'question {line.id}: no text under "question".'
                raise QuestionsError(f"{path}: {fault} Mend or remove that line.")
            found[line.id] = Saved(id=line.id, question=line.asked)
    return tuple(found.values())


def add_saved(data: Path, question: str) -> bool:
    """Append a question; False when it was saved before.

    Raises:
        UsageError: The question is empty.
    """
    asked = " ".join(question.split())
    if not asked:
        raise UsageError('The question is empty. Give one, as in rapporteur save "Who …?".')
    if any(one.question == asked for one in read_saved(data)):
        return False
    name = hashlib.sha256(asked.encode()).hexdigest()[:8]
    with _writing(data / QUESTIONS):
        data.mkdir(parents=True, exist_ok=True)
        with (data / QUESTIONS).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"id": name, "question": asked}, ensure_ascii=False) + "\n")
    return True


def changed_answers(data: Path, model: str = "") -> tuple[Changed, ...]:
    """Ask every saved question of the index and remember the answers; those that differ from the ones remembered.

    No language model words them: what counts is the status and which sentences are cited. An answer is compared with
    the one of the last run, or of the moment at which the question was saved. Nothing is asked again when neither
    the index nor the questions have changed.

    Raises:
        RapporteurError: A question cannot be answered; what was remembered stays.
    """
    questions, known = read_saved(data), _remembered(data)
    if not questions:
        return ()
    now = _ask(data, model, questions, known)
    changed = []
    for one in questions:
        before, after = known.get(one.question), now[one.question]
        if before and (before["status"], before["cited"]) != (after["status"], after["cited"]):
            changed.append(Changed(question=one.question, before=before["status"], after=after["status"]))
    _remember(data, now)
    return tuple(changed)


def changes_after_indexing(data: Path, model: str = "") -> tuple[Changed, ...]:
    """As `changed_answers`; a failure is told on stderr, since the index itself is published."""
    try:
        return changed_answers(data, model)
    except RapporteurError as error:
        complain(f"The saved questions were not asked: {error}")
        return ()


def _ask(data: Path, model: str, questions: Sequence[Saved], known: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Status and cited sentences by question; an answer of the present index is not made again."""
    from assistant import AssistantConfig, LanguageModelConfig, Question, open_assistant
    from ingest import current_generation

    generation = current_generation(data).name
    asked = [one.question for one in questions]
    answers = {one: known[one] for one in asked if known.get(one, {}).get("generation") == generation}
    missing = [one for one in asked if one not in answers]
    if not missing:
        return answers
    config = AssistantConfig(data=data, model=model, language_model=LanguageModelConfig())
    with closing(open_assistant(config)) as assistant:
        for one in missing:
            answer = assistant.answer(Question(text=one))
            cited = sorted({(citation.file, citation.quote) for citation in answer.citations})
            answers[one] = {
                "status": answer.status, "cited": [list(pair) for pair in cited],
                "generation": answer.index.generation,
            }  # fmt: skip
    return answers


def _remembered(data: Path) -> dict[str, dict[str, Any]]:
    """The answers of the last run by question; a damaged file counts as none, since it is written anew."""
    try:
        stored = json.loads((data / ANSWERS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_whole = isinstance(stored, dict) and all(
        isinstance(one, dict) and {"status", "cited", "generation"} <= set(one) for one in stored.values()
    )
    return stored if is_whole else {}


def _remember(data: Path, answers: Mapping[str, Any]) -> None:
    """Replace what is remembered in one step."""
    aside = data / f"{ANSWERS}.new"
    with _writing(data / ANSWERS):
        aside.write_text(json.dumps(answers, ensure_ascii=False, indent=1), encoding="utf-8")
        aside.replace(data / ANSWERS)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Name the file when it cannot be written."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}). Free the place or name another --data."
        ) from error


def save(
    question: Annotated[str, typer.Argument(help="The question, in any language.")],
    *,
    data: Data = DATA,
    model: Model = "",
) -> None:
    """Save a question, to be told when its answer changes."""
    if not add_saved(data, question):
        out.print("Saved before; nothing to do.")
        return
    try:
        for change in changed_answers(data, model):
            out.print(change.text, markup=False)
    except IndexMissing:
        pass  # it is asked as soon as there is an index
    out.print("Saved. It is asked again after every rapporteur index.")


def saved(*, data: Data = DATA, as_json: Json = False) -> None:
    """List the saved questions."""
    for one in read_saved(data):
        print_json({"id": one.id, "question": one.question}) if as_json else out.print(one.question, markup=False)
