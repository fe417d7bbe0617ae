"""Marks behind the text of a PDF, a stamp askew or large pale words, that most pages repeat: read once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.read.pdf.words import PageWords, Word

Mark = tuple[str, int, int, int]


def with_marks_once(pages: Sequence[PageWords]) -> list[PageWords]:
    """The pages with each word askew, or large and pale, that most of them have at one place on the first such only.

    A large pale one stands apart there, as those askew do.
    """
    counts = Counter(mark for page in pages for mark in {_mark(word) for word in (*page.askew, *_large(page))})
    repeated = {mark for mark, count in counts.items() if count > 1 and 2 * count > len(pages)}
    if not repeated:
        return list(pages)
    seen: set[Mark] = set()
    return [_with_new(page, repeated, seen) for page in pages]


def _with_new(page: PageWords, repeated: set[Mark], seen: set[Mark]) -> PageWords:
    """The page without the repeated marks but those not yet seen, which count as seen from now on."""
    behind = [word for word in _large(page) if _mark(word) in repeated]
    askew = [word for word in (*page.askew, *behind) if _mark(word) not in seen]
    seen.update(mark for mark in map(_mark, askew) if mark in repeated)
    taken = {id(word) for word in behind}
    return replace(page, words=[word for word in page.words if id(word) not in taken], askew=askew)


def _large(page: PageWords) -> list[Word]:
    return [word for word in page.words if word.characters and word.characters.start in page.pale] if page.pale else []


def _mark(word: Word) -> Mark:
    return word.text, round(word.left), round(word.top), round(word.height)
