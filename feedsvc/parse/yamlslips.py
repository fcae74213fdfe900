"""Mistakes in YAML front matter that the parser reports in unclear words, or at another line. Pure."""

import re

from feedsvc.errors import EntryError

#: The parser's messages about these mistakes.
REPORTS = re.compile(r"could not find expected ':'|mapping values are|did not find expected|<block end>|write 'key:")
FIRST_INDENTED = "<document start>"

#: A key at the beginning of a line, without a blank after its colon.
WITHOUT_BLANK = re.compile(r"(?P<name>[^\W\d][\w-]{0,59}):[^\s/:]")

#: A key after blanks. A second colon may be the mistake itself.
INDENTED = re.compile(r"[ \t]+(?P<name>[\w-]{1,60})[ \t]*:(?:[ \t]+(?!.*:[ \t]).*)?")


def explained(error: EntryError, block: str, first_line: int) -> EntryError:
    """The error with a message that names the mistake. The block of `error` begins after the line `first_line`."""
    if error.line is None or not REPORTS.search(str(error)):
        return error
    lines = block.split("\n", error.line - first_line)[: error.line - first_line]
    for number, line in enumerate(lines, first_line + 1):
        if match := WITHOUT_BLANK.match(line):
            said = f"a blank is missing behind the colon; write '{match['name']}: …'"
            return EntryError(f"front matter: {said}", line=number)
    if lines and (match := INDENTED.fullmatch(lines[-1])):
        said = f"the blanks before {match['name']} make it a part of the field above; remove them"
        return EntryError(f"front matter: {said}", line=error.line)
    number, first = next(((number, line) for number, line in enumerate(lines, first_line + 1) if line.strip()), (0, ""))
    if FIRST_INDENTED in str(error) and (match := INDENTED.fullmatch(first)):
        said = f"{match['name']} stands behind blanks, and another field does not; remove them"
        return EntryError(f"front matter: {said}", line=number)
    return error
