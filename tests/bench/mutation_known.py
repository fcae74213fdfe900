"""Why a mutation that survives needs no test: module → a part of the change → the reason."""

from collections.abc import Mapping

DEFAULT = "A default that nobody relies on: every caller gives the value."
TYPES = "The value is never None there; the types need the check."
SECOND = "A second check: the function that is called refuses the same."
QUICK = "A quick way: the longer one behind it gives the same."
DELETE = "DEL stands in no text."
ALONE = "The list has one element."
GUESS = "A word for charset-normalizer, whose own guess decides."

KNOWN: Mapping[str, Mapping[str, str]] = {
    "decision": {
        "streak: int": DEFAULT, "is_counting: bool": DEFAULT, "is_same: bool": DEFAULT,
        "( made.seen != stored": "A hash is never None, so that the comparison alone says the same.",
        "→ if stored.updated is None or new.updated ==": TYPES,
        "→ stated =": "A date of change is None only together with that of publication; one of now is now.",
    },
    "matching": {
        "> 1": "Below its cutoff a ratio is 0; above, it is at least the cutoff. An empty sign is never looked up.",
    },
    "waits": {
        "hints.ttl or": "A minute does not show: the shortest wait is a quarter of an hour.",
        "min(int(match[1])": "Each of these is longer than the longest hint.",
        "age[: 10]": "An age of ten digits is greater than every lifetime.",
        "for _ in range(": "A week is enough, and each of these is a week or more.",
        "min(pace.failures - 1": "Each of these powers is longer than the longest wait.",
        "JITTER * (2": "The spread is the same to both sides.",
        "asked >=": "A wait that is as long is the same wait.",
        "http_date(headers.get(": "What is missing is no date, whatever stands for it.",
    },
    "limits": {
        '";" not in member for': "No server writes parts of one limit with and without `=`.",
        '"w", -1': "A window of less than nothing is no wait either.",
        "default= -1": "A window of less than nothing is no wait either.",
        "2** 3": "Each of these moments is later than the longest wait.",
        "except (": "Which of these a broken date raises depends on the version of Python.",
    },
    "guard": {
        "if written is None or re.search": SECOND,
        "_check_host(": "A URL that was read has a host; the types need the check.",
        "443 if": "Both ports are open.",
        '→ if unicodedata.normalize("NFKC", given)': SECOND,
    },
    "dial": {"hostname or": "A URL that was checked has a host; the types need the check."},
    "dates": {
        "re.ASCII | re.IGNORECASE": QUICK, "_usual(text, zone) or": QUICK, "MAIL_DATE": QUICK, "ISO_DATE": QUICK,
        "PLAIN_DATE": QUICK, "MONTHS.get(name": QUICK, "chinese_month": QUICK,
        "EVENING: range( 14)": "13 is an hour of 24, which is read before the table is asked.",
        "moment.replace(tzinfo=UTC) == EPOCH": "Only a moment of 1970 is the epoch: the year is a quick look.",
        "len(text) > DATE_LENGTH": "The plain text is measured as well; this spares the work.",
        "raise _unreadable(text) → pass": "The plain text is measured as well; this spares the work.",
        'or ""': "An empty name and none are both no zone.",
        "match and name": "A match has a name.",
        "→ elif (match[1]": "The pattern fits every text.",
        "→ elif (match := YEAR_LAST": "A second year is an error either way.",
        "LAST_OF_NOON = 3": "Noon has no hour between 2 and 11.",
    },
    "days": {
        "NAME_WORDS = 4": "No name has four words.",
        "if not numbers or": SECOND, '"no year"': SECOND,
        "[ -1]": ALONE, "-1, -1)": "A name of no words is none.",
        "is_weekday(found[0][0])": "A weekday that is no month adds no month, whether it is dropped or not.",
        "if len(numbers) == 1": SECOND,
    },
    "zones": {
        "endswith((": "No name ends so.",
        'name in {"UTC"': "The table of names says the same.",
        "/ (-1 if": "Divided by one, or multiplied, is the same.",
        "except (": "Which of these a bad name raises depends on the system.",
        "seasons =": "No zone changes its name between these days.",
        "home.utcoffset(season)": TYPES,
    },
    "charset": {
        '>= "\\x7f"': DELETE,
        '"gbk": "gb18030", "iso8859-1"': "Without a label the guess is the same.",
        'if encoding != "utf-8"': "Zeros tell the same encodings.",
        "break → continue": "No text has two marks.",
        "if (name := _python_name(label))]": "Bytes that are not so wide cannot be read so.",
        'names[0] == "cp1252"': "One name has no order.",
        "→ plain = _decoded_strictly(_cesu_joined": "Where there are no halves, joining changes nothing.",
        'not names or "utf-8"': "All of no names are narrow.",
        "data, -1, DECLARATION": "A search from before the beginning starts there.",
        "is_euc_japanese": "Only text in Shift_JIS has so many half-width kana.",
        "not data.isascii()": "Only text in seven bits has these marks.",
        "shown[: ": "No label is longer than 40 characters.",
        "stated[ -1]": "Nobody states two encodings in seven bits.",
        "not ESCAPED.search": "Without such letters the codecs give the text as it is.",
        "strict=False": "The pieces come in pairs.",
        "byte > FIRST_OF": "C0 is in no UTF-8.", "= 193": "C0 is in no UTF-8.",
        "max( ": "What comes here has a character that is not ASCII; where it is broken, that is too much.",
    },
    "guessed": {
        "DETECTED": GUESS, "OF_ALPHABETS": GUESS, '"shift_jis"': GUESS, "SURELY_HEBREW": GUESS,
        '> "\\x7f"': DELETE,
        "low >= size / 2": "Words with exactly as many capitals as small letters may be in either encoding.",
    },
    "accept": {"if not attributes: → if False": QUICK},
    "gate": {"IsAllowed = Callable": "The name of a type: no code looks into it."},
    "bounds": {
        '"data:" not in html.lower(): → if False': QUICK,
        "if not FOREIGN_START.search(html): → if False": QUICK,
        "elif _count(attributes) >": QUICK, "len(attributes) >=": QUICK,
        "// 1023": "The number is rounded to 512 as well.",
        "elements.REOPENED), - 2)": "Each number below 0 says that there is no such element.",
    },
    "hosts": {
        '"fence": 0': "The table has the same default.",
        ">= first": "Equal moments are the same moment.", "<= moment": "Equal moments are the same moment.",
        "skip_locked=False": "PostgreSQL alone has rows that are locked; the run is on SQLite.",
    },
    "polls": {
        "in kept and (row.next_due or row.error)": "What left is written again as it is.",
        "or 0 for chunk": "A count is never None; the types need the check.",
    },
    "window": {
        "if chosen else": "The age of the first entry is not asked.",
        "break → continue": "Size and age only grow: what follows does not fit either.",
    },
    "brake": {
        "if not new": "A quick way: no path is held back below either. The lines can go.",
        "if len(missing) < FEW": "A quick way: no folder lost as many. The lines can go.",
    },
    "adopt": {
        "if sign and sign in found": "A sign that is None is never among the found ones.",
        "[: 3]": "Only the first two are compared.",
    },
}  # fmt: skip
