"""Damaged copies of a file, the same ones each time: bytes, words, tags and numbers changed, in zip archives mostly
those of a part."""

import io
import random
import re
import zipfile

_TOKEN = re.compile(rb"<[^<>]*>|\\[a-z]+(?:-?\d+)?|&#?\w+;|\d+|[A-Za-z]+|\s+|.", re.S)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_ODD = (
    b"0", b"-1", b"1e999", b"99999999999999999999", b"2147483648", b"NaN", b"", b"\0", b"\xff\xfe", b"\xe4\xb8",
    b"&#xD800;", b"&#0;", b"&nope;", b"\\u-10179?", b"\\'8", b"\\bin999 ", b"{", b"}", b"<", b"</p>", b"<!--",
    b"<![CDATA[", b"]]>", b"\xef\xbf\xbf", b"'", b'"', b"=?utf-8?b?/w==?=", b"%", b"(", b")", b"[", b"<<", b">>",
    b"endobj", b"\r", b"\x0c", b"\xed\xa0\x80",
)  # fmt: skip
"""What stands where nobody expects it: numbers without end, halves of characters, openings without their ends."""
_WITHIN = 0.85
"""How often a part of a zip archive is damaged rather than the archive."""
_MOST_DEEP = 400


def damaged(data: bytes, name: str) -> bytes:
    """A copy with some faults; the same for the same `data` and `name`."""
    return _damaged(data, random.Random(name))


def _damaged(data: bytes, chance: random.Random) -> bytes:
    if data.startswith(b"PK") and chance.random() < _WITHIN:
        return _within(data, chance)
    return (_bytes if chance.random() < 0.4 else _tokens)(data, chance)


def _within(data: bytes, chance: random.Random) -> bytes:
    """A sound archive of the same parts, one of them damaged, left out, or said twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        entries = [entry for entry in old.infolist() if not entry.is_dir()]
        # large parts hold what is read, but the small ones tie it together
        chosen = chance.choices(entries, [entry.file_size + 500 for entry in entries])[0]
        is_lost = chance.random() < 0.05
        for entry in entries:
            content = old.read(entry)
            if entry is not chosen:
                new.writestr(entry.filename, content)
            elif not is_lost:
                new.writestr(entry.filename, _damaged(content, chance))
    return file.getvalue()


def _bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) + 1)
        deed = chance.randrange(5)
        if deed == 0:
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif deed == 1:
            del changed[at : at + chance.randint(1, 40)]
        elif deed == 2:
            changed[at:at] = changed[at : at + chance.randint(1, 40)]
        elif deed == 3:
            changed[at : at + 1] = bytes([each ^ 1 << chance.randrange(8) for each in changed[at : at + 1]])
        elif chance.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def _tokens(data: bytes, chance: random.Random) -> bytes:
    tokens = _TOKEN.findall(data)
    for _ in range(chance.randint(1, 6)):
        at, other = (chance.randrange(len(tokens) + 1) for _ in range(2))
        here = tokens[at : at + 1]
        deed = chance.randrange(7)
        if deed == 0:
            del tokens[at : at + chance.randint(1, 5)]
        elif deed == 1:
            tokens[at:at] = here * (chance.randint(2, _MOST_DEEP) if chance.random() < 0.2 else 1)
        elif deed == 2:
            tokens[at : at + 1] = tokens[other : other + 1]
        elif deed == 3:
            tokens[at:at] = [chance.choice(_ODD)]
        elif deed == 4:
            tokens[at : at + 1] = [chance.choice(_ODD)]
        elif deed == 5:
            tokens[at:at] = tokens[other : other + chance.randint(1, 60)]
        else:
            odd = chance.choice(_ODD)
            tokens[at : at + 30] = [_NUMBER.sub(lambda _, odd=odd: odd, token) for token in tokens[at : at + 30]]
    return b"".join(tokens)
