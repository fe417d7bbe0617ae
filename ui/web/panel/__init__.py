"""The panel beside the rooms: the record of a citation, with the page it is printed on."""
