"""Views over all records without asking: partners, agreements, people, themes, visits, reports."""
