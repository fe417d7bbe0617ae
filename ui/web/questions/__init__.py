"""The room of a visitor's own questions of before: searched, opened again, deleted."""
