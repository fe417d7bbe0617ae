"""What the page remembers between visits, in one file of the data folder."""
