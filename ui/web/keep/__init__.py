"""The room of keepers: files come in, are corrected, and the index is made anew."""
