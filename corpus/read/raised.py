"""Raised figures in Unicode: "10" with a raised "6" is 10⁶, never 106."""

_RAISED = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")


def raised(text: str) -> str:
    """A raised text in raised signs where it is of figures and signs of sums; else as it is."""
    return text.translate(_RAISED) if any(map(str.isdigit, text)) and all(map(_has_form, text)) else text


def _has_form(sign: str) -> bool:
    return ord(sign) in _RAISED
