import pytest

from ingest import Receipt
from ui.terminal import NEWS_SHOWN, print_receipt


def test_news_stands_under_the_receipt_one_a_line_and_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    facts = Receipt(generation="g", reports=2, passages=3).to_dict()
    news = [f"New partner: [red]Body {number}" for number in range(NEWS_SHOWN + 3)]
    print_receipt(facts, news)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-NEWS_SHOWN - 1 : -1] == [f"  {line}" for line in news[:NEWS_SHOWN]]
    assert lines[-1] == "  … and 3 more"
    print_receipt(facts, news[:1])
    assert capsys.readouterr().out.splitlines()[-1] == f"  {news[0]}"
