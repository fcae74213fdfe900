"""Rules that are each taken out by hand: module → what the rule says, the code, and the code without the rule."""

from collections.abc import Mapping

#: Said, before, after. `before` stands once in the module.
Rule = tuple[str, str, str]

RULES: Mapping[str, tuple[Rule, ...]] = {
    "guard": (
        ("192.0.0.0/24 is private", '"192.0.0.0/24", ', ""),
        ("64:ff9b:1::/48 holds IPv4", '"64:ff9b:1::/48", ', ""),
        ("a hexadecimal host is an address", r"(?:\d+|0x[0-9a-f]*)", r"(?:\d+)"),
        ("a host in compatible characters is refused", ' or unicodedata.normalize("NFKC", given) != given', ""),
    ),
    "dial": (
        ("the socket checks", "        check_address(str(address[0]), policy)\n", ""),
        ("the resolver checks", '            check_address(one["host"], self.policy)\n', ""),
        ("the target of a proxy is checked", '        check_address(one["host"], policy)\n        seen',
            "        seen"),
    ),
    "client": (
        ("the socket is guarded", "None if policy.proxy else guarded_socket(policy)", "None"),
        (
            "the resolver is guarded",
            "self.resolver() if policy.proxy else GuardedResolver(self.resolver(), policy, self._found)",
            "self.resolver()",
        ),
        ("the target of a proxy is looked up", "            if policy.proxy:\n", "            if False:\n"),
    ),
    "hosts": (
        ("a late worker renews nothing", "mine = sa.and_(host.c.id == one.host_id, host.c.fence == one.fence)",
         "mine = host.c.id == one.host_id"),
        ("a late worker releases nothing",
         'mine = sa.and_(host.c.id == sa.bindparam("of_host"), host.c.fence == sa.bindparam("of_fence"))',
         'mine = sa.and_(host.c.id == sa.bindparam("of_host"), sa.bindparam("of_fence") >= 0)'),
        ("a late worker writes nothing", " if fences.get(one.host_id) == one.fence}", "}"),
        ("what a wrong clock planned is due", "sa.or_(host.c.next_due <= now, host.c.next_due > now + LONGEST)",
         "host.c.next_due <= now"),
    ),
    "polls": (
        ("what a wrong clock planned is due",
         "sa.or_(upstream.c.next_due <= now, upstream.c.next_due > now + LONGEST)", "upstream.c.next_due <= now"),
        ("an answer of another URL is not saved", '    upstream.c.url == sa.bindparam("of_url"),\n',
         '    sa.bindparam("of_url") != "",\n'),
    ),
    "decision": (
        ("a stated date of change is an edit", "is_seen or _is_restated(stored, new, now)", "is_seen"),
        ("a date of change in the future counts as none", "if new.updated and new.updated <= latest else",
            "if new.updated else"),
        ("a restated date is not in the future", "return stored.updated < new.updated <= now",
         "return stored.updated < new.updated"),
        ("a seen entry does not move into the future", "or (_is_out(stored, now) and not is_due) else", "else"),
    ),
    "stories": (
        ("a page tells a piece for 14 days", "PAGE_WINDOW = timedelta(days=14)", "PAGE_WINDOW = timedelta(days=28)"),
        ("a page with strange texts tells none",
            "is_told = one.title_key == other.title_key or not are_strangers(one.text, other.text)",
         "is_told = True"),
    ),
    "matching": (
        ("nine of ten characters are the same text", "NEARLY_ALL = 90", "NEARLY_ALL = 80"),
        ("six of ten letters are the same headline", "ALIKE = 60", "ALIKE = 50"),
    ),
    "dates": (
        ("noon has hours of its own", "NOON: (11, 12, 1, 2)", "NOON: range(13)"),
        ("the evening has hours of its own", "NIGHT: range(5, 12)", "NIGHT: range(13)"),
        ("下午12 is noon", "return hour % twelve + (0 if kind == MORNING else twelve)",
         "return hour + (0 if kind == MORNING else twelve)"),
        ("晚上 is a half of the day", '    "晚上": NIGHT, "傍晚"', '    "傍晚"'),
        ("11:30 at noon is late in the morning", "    if kind == NOON and hour > LAST_OF_NOON:", "    if False:"),
    ),
    "charset": (
        ("a fifth may be broken", "BROKEN_SHARE = 0.2", "BROKEN_SHARE = 0.3"),
        ("eight characters are no chance", "SURELY_UTF8 = 8", "SURELY_UTF8 = 4"),
        ("a declaration stands in 8,192 bytes", "DECLARATION_WITHIN = 8_192", "DECLARATION_WITHIN = 4_096"),
    ),
    "gate": (
        ("an element stands in the table", "tags=set(PUBLISHED)", "tags=set(ELEMENTS)"),
        ("an attribute stands in the table", "    if attribute is None:\n        return False",
            "    if attribute is None:\n        return True"),
        ("a link leads to a page or a mailbox", "link_url(value, None) == value", "True"),
        ("a picture has the address of a picture", "image_url(value, None) == value", "True"),
        ("a file has a web address", "Check.URL: lambda value: web_url(value) == value",
            "Check.URL: lambda value: True"),
        ("a frame has a listed host", " and is_frame(value, frames)", ""),
        ("the address of a frame is complete", "web_url(value) == value and is_frame", "is_frame"),
        ("a fixed attribute has our value", "return value == attribute.value", "return True"),
        ("comments go", "strip_comments=True", "strip_comments=False"),
    ),
    "accept": (
        ("an element is published", "tag not in PUBLISHED or tag in NOT_SIMPLE", "tag in NOT_SIMPLE"),
        ("the gate allows each value", "return all(is_allowed(tag, name, _decoded(value)) for name, value in pairs)",
            "return True"),
        ("the gate sees the value that a browser reads", "is_allowed(tag, name, _decoded(value))",
            "is_allowed(tag, name, value)"),
        ("no reference but three", " or REFERENCE.search(attributes)", ""),
        ("each tag is closed in its turn", " or opened.pop() != tag", " or not opened.pop()"),
        ("no block stands in words", "return tag not in BLOCKS or CONTAINERS.issuperset(opened)", "return True"),
        ("the end is reached", "return position == len(html) and not opened", "return not opened"),
    ),
    "waits": (
        ("a shorter Retry-After does not end the back-off", "if asked is not None and asked > wait:",
            "if asked is not None:"),
    ),
    "guids": (
        ("a guid is made of NFC", "unicodedata.normalize('NFC', f'{source}/{path}')", "f'{source}/{path}'"),
    ),
    "adopt": (
        ("dates are a day apart at most", "SAME_DATE = timedelta(hours=24)", "SAME_DATE = timedelta(hours=72)"),
    ),
    "window": (
        ("0 hours are none", "window.hours > 0 and age", "age"),
        ("of equal arrivals the last position is shown", ", membership.c.position.desc())", ", membership.c.position)"),
        ("of equal dates the last position is first", "key=lambda one: (one[0].published, one[1])",
            "key=lambda one: one[0].published"),
    ),
    "brake": (
        ("two have to be settled", "for path in new) > 1:", "for path in new) > 0:"),
        ("what was let go does not count", "file.hold != CONFIRMED and (", "("),
    ),
}  # fmt: skip
