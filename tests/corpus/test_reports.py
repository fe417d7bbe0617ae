import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import corpus
from corpus import Report, language_of, read_reports

FOLDER = Path(corpus.__file__).parent / "reports"


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    results = list(read_reports(FOLDER))
    assert [result for result in results if not isinstance(result, Report)] == []
    return [result for result in results if isinstance(result, Report)]


def test_every_sample_record_states_title_language_and_address(reports: list[Report]) -> None:
    assert len(reports) == 46
    for report in reports:
        assert report.title != Path(report.path).stem
        assert report.body > 0
        assert not report.text[report.body :].startswith("---")
    assert Counter(report.language for report in reports) == {"en": 38, "zh": 4, "ru": 3, "kk": 1}


def test_the_stated_language_is_the_one_that_is_recognized(reports: list[Report]) -> None:
    assert [report.path for report in reports if language_of(report.text[report.body :]) != report.language] == []


def test_the_datasheet_gives_the_true_counts(reports: list[Report]) -> None:
    sheet = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    for code, count in Counter(report.language for report in reports).items():
        assert f"| {code} | {count} |" in sheet
    assert f"{len(reports)} records" in sheet


def test_importing_the_package_loads_no_format_library() -> None:
    program = "import sys, corpus; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"trafilatura", "lxml", "docx", "pypdfium2", "py3langid", "numpy", "charset_normalizer", "yaml"}
    assert heavy.isdisjoint(loaded)
    assert "corpus" in loaded


def test_everything_offered_is_there() -> None:
    assert all(hasattr(corpus, name) for name in corpus.__all__)
