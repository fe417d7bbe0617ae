import pytest

from assistant.records import Records
from corpus.report import Report


def report(path: str) -> Report:
    return Report(id=path, title="", text="", path=path, sha256="")


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("2024/lyon.md", "2024/lyon.md"),
        ("2024/lyon.txt", "2024/lyon.md"),
        ("lyon.docx", "2024/lyon.md"),
        ("almaty.md", None),
        ("2023/porto.md", "2023/porto.md"),
        ("porto.txt", None),
        ("", None),
    ],
)
def test_a_record_is_found_by_its_path_or_by_a_name_that_only_it_has(file: str, found: str | None) -> None:
    records = Records(map(report, ["2024/lyon.md", "2023/porto.md", "2024/porto.md"]))
    named = records.named(file)
    assert (named.path if named else None) == found
