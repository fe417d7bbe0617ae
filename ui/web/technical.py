"""What only whoever looks after the program reads, such as paths and names of models, folded behind a word."""

from ui.web.markup import Html, tag
from ui.wording import Words


def technical(words: Words, *lines: str) -> Html:
    """Return lines behind "Details"; those that are empty are left out, nothing for none."""
    told = [tag("p", line) for line in lines if line]
    return tag("details", tag("summary", words.say("details")), *told, class_="technical") if told else Html()
