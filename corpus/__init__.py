"""What a report is, and how files become reports. Light to import: format libraries load where files are read."""

from corpus.citation import locate
from corpus.dates import event_dates, is_date_line
from corpus.days import date_label, overlaps
from corpus.errors import (
    IndexBusy,
    IndexMissing,
    IndexStale,
    IndexUnusable,
    LanguageModelFailed,
    LexiconError,
    ModelUnavailable,
    QuestionsError,
    RapporteurError,
    ReportError,
    SearchFailed,
    StoredAnswerUnreadable,
    UsageError,
)
from corpus.language import language_of
from corpus.read import ReadFailure, ReadLimits, find_files, page_picture, read_report, read_reports, unpack
from corpus.report import EventDate, Report
from corpus.same_person import same_person as is_same_person  # a name that no module has, for the import contracts
from corpus.sounds import same_sound, sound

__all__ = [
    "EventDate",
    "IndexBusy",
    "IndexMissing",
    "IndexStale",
    "IndexUnusable",
    "LanguageModelFailed",
    "LexiconError",
    "ModelUnavailable",
    "QuestionsError",
    "RapporteurError",
    "ReadFailure",
    "ReadLimits",
    "Report",
    "ReportError",
    "SearchFailed",
    "StoredAnswerUnreadable",
    "UsageError",
    "date_label",
    "event_dates",
    "find_files",
    "is_date_line",
    "is_same_person",
    "language_of",
    "locate",
    "overlaps",
    "page_picture",
    "read_report",
    "read_reports",
    "same_sound",
    "sound",
    "unpack",
]
