"""The room where keepers judge: thumbs down become judged questions, scorecards become curves."""
