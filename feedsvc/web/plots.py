"""Small plots as paths of SVG. Pure."""

from collections.abc import Sequence

from markupsafe import Markup, escape

#: The size of a plot, in units of its viewBox.
WIDTH, HEIGHT = 120, 28

#: A bar leaves so much of its place free. Also a small number has a bar that can be seen.
GAP, LEAST = 1, 1.5


def bars(numbers: Sequence[int]) -> str:
    """A bar for each number, from left to right. Zero has no bar."""
    if not any(numbers):
        return ""
    step, most = WIDTH / len(numbers), max(numbers)
    return "".join(
        f"M{number * step:.4g} {HEIGHT}v-{max(value / most * HEIGHT, LEAST):.4g}h{step - GAP:.4g}V{HEIGHT}z"
        for number, value in enumerate(numbers)
        if value > 0
    )


def line(numbers: Sequence[int]) -> str:
    """A line through the numbers, from left to right; zero is at the bottom. A single number is a level line."""
    if not numbers:
        return ""
    numbers = numbers if len(numbers) > 1 else (*numbers, *numbers)
    step, most = WIDTH / (len(numbers) - 1), max(*numbers, 1)
    points = (f"{number * step:.4g} {HEIGHT - value / most * HEIGHT:.4g}" for number, value in enumerate(numbers))
    return "M" + "L".join(points)


def columns(numbers: Sequence[int], label: str) -> Markup:
    """A picture with a column for each number, for the catalogue; empty if all are zero. The label says the numbers."""
    most = max(numbers, default=0)
    if not most:
        return Markup()
    made = "".join(
        f'<rect x="{4 * place}" y="{20 - 20 * number / most:.1f}" width="3" height="{20 * number / most:.1f}"/>'
        for place, number in enumerate(numbers)
        if number
    )
    said = escape(f"{label}: {', '.join(map(str, numbers))}")
    return Markup(  # noqa: S704 - numbers, and an escaped label
        f'<svg class="plot" role="img" aria-label="{said}" viewBox="0 0 {4 * len(numbers)} 20" '
        f'preserveAspectRatio="none">{made}</svg>'
    )
