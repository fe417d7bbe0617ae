"""Compose an answer: weigh the sentences in view, choose the fewest that answer, put them in reading order."""
