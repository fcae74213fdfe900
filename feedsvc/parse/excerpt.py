"""The part of a body before `<!-- more -->`, which blogs show as a summary. Pure."""

import re

MORE = re.compile(r"<!-{2,3}\s{0,9}more\s{0,9}-{2,3}>", re.IGNORECASE)

#: The beginning or the end of a block of code.
FENCE = re.compile(r" {0,3}(`{3,}+|~{3,}+)([^`]*)$")

#: An address that a link before the mark may name.
DEFINITION = re.compile(r" {0,3}\[[^\]^]{1,300}\]:\s{0,9}\S")


def before_more(body: str) -> str | None:
    """
    What stands before the mark, as it is written; None where there is no mark, or nothing before it.

    A mark in a block of code or in a code span is a text about the mark. Addresses that links may name stand behind the
    text as a rule, so they are added.
    """
    if not MORE.search(body):
        return None
    lines = body.split("\n")
    fence = ""
    for index, line in enumerate(lines):
        if match := FENCE.match(line):
            if not fence:
                fence = match[1]
            elif match[1].startswith(fence) and not match[2].strip():
                fence = ""
            continue
        found = None if fence or line.startswith(("    ", "\t")) else MORE.search(line)
        if found and "`" not in line[: found.start()]:
            before = "\n".join((*lines[:index], line[: found.start()]))
            named = [one for one in lines[index + 1 :] if DEFINITION.match(one)]
            return "\n".join((before, "", *named)) if before.strip() else None
    return None
