"""Six records of two partners: states told twice, an office held twice, a year not stated, one body under two names."""

RECORDS = {
    "a-first.md": (
        "---\ntitle: TEC delegation visits Tampere University\ndate: 2022-05-03\nplace: Tampere, Finland\n---\n\n"
        "On 3 May 2022 a delegation of the UNESCO Teacher Education Centre (TEC) visited Tampere University. "
        "Anna Virtanen, Rector of Tampere University, welcomed the delegation. "
        "Tampere University expressed its wish to sign a memorandum of understanding with TEC. "
        "The two sides discussed rural teachers. "
        "Tampere University promised to send a team of teachers to TEC in 2023.\n"
    ),
    "b-second.md": (
        "---\ntitle: Tampere University visits TEC\ndate: 2023-09-11\nplace: Shanghai, China\n---\n\n"
        "On 11 September 2023 a delegation of Tampere University visited the UNESCO Teacher Education Centre (TEC). "
        "Tampere University and TEC signed a memorandum of understanding. "
        "Pekka Laine, Rector of Tampere University, spoke.\n"
    ),
    "c-third.md": (
        "---\ntitle: A meeting with Tampere University\ndate: 2023-09-11\n---\n\n"
        "TEC received Tampere University. Anna Virtanen, Rector of Tampere University, led the delegation. "
        "TEC and Tampere University discussed a memorandum of understanding.\n"
    ),
    "d-fourth.md": (
        "---\ntitle: TEC visits the University of Gondar\ndate: 4-5 November\n---\n\n"
        "A delegation of TEC visited the University of Gondar. They saw the library.\n"
    ),
    "e-fifth.md": (
        "---\ntitle: TEC visits Gondar University\ndate: 2024-02-01\n---\n\n"
        "A delegation of TEC visited Gondar University. Abebe Bekele, Dean of Gondar University, spoke. "
        "Elena Petrova, professor of Kazan University, spoke.\n"
    ),
    "f-sixth.md": (
        "---\ntitle: Визит в Казань\ndate: 2024-03-01\n---\n\n"
        "Делегация TEC посетила Казанский университет. "
        "Елена Петрова, профессор Томского университета, выступила с докладом.\n"
    ),
}
