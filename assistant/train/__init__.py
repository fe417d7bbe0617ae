"""Training of what the assistant learned: not in the wheel, run by hand, see `corpus/training/README.md`."""
