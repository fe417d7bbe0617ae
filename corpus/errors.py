"""The one tree of named errors; every message says what failed, on which thing, and what to do now.

RapporteurError
├── ReportError            one file could not be read (named in the receipt, the others go on)
├── LexiconError           a staff-edited word list is malformed
├── QuestionsError         a file of questions is malformed
├── ModelUnavailable       a model cannot be loaded or installed
├── IndexMissing           nothing has been indexed yet
├── IndexStale             the index was built with something else than what is asked for
├── IndexBusy              another process is building
├── IndexUnusable          the published index, or one just built, failed its audit
├── SearchFailed           the search itself failed: never to be read as "nothing found"
├── LanguageModelFailed    the language model gave no whole answer: quotes are given instead
├── StoredAnswerUnreadable an answer of a past conversation is damaged or of another version
└── UsageError             the request cannot be carried out as asked (bad filter, empty question …)
"""


class RapporteurError(Exception):
    """Base of every error this project raises on purpose; its text is fit to show a person."""


class ReportError(RapporteurError):
    """A file could not be read as a report."""


class LexiconError(RapporteurError):
    """A word list in `corpus/lexicon` is malformed; the message names file and line."""


class QuestionsError(RapporteurError):
    """A file of questions is malformed; the message names file and line."""


class ModelUnavailable(RapporteurError):
    """A model cannot be loaded or installed; the message names the cure."""


class IndexMissing(RapporteurError):
    """Nothing has been indexed in this data folder yet."""


class IndexStale(RapporteurError):
    """The index was built with another model or format than the one asked for."""


class IndexBusy(RapporteurError):
    """Another process is building the index."""


class IndexUnusable(RapporteurError):
    """A built index failed its audit, or a published one is damaged."""


class SearchFailed(RapporteurError):
    """A search could not be carried out. Different from a search that found nothing."""


class LanguageModelFailed(RapporteurError):
    """The language model gave no whole answer; the message names its address, never a key or what it sent."""


class StoredAnswerUnreadable(RapporteurError):
    """A stored answer is damaged or of another version; the message names the turn and the cure."""


class UsageError(RapporteurError):
    """The request cannot be carried out as asked."""
