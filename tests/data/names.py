"""Names of elements: those of HTML, of SVG and MathML, and invented ones."""

import random

#: The elements of the HTML Standard, current and obsolete.
HTML = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl
dt element em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
html i iframe image
img input ins isindex kbd keygen label legend li link listing main map mark marquee menu menuitem meta
meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture plaintext
portal pre progress q rb rp rt rtc ruby s samp script search section select shadow slot small source spacer span strike
strong style sub summary sup table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
xmp
""".split()  # noqa: SIM905 - a name a line would be no clearer

#: Of SVG 1.1 and 2.
SVG = """
a altGlyph altGlyphDef altGlyphItem animate animateColor animateMotion animateTransform circle clipPath color-profile
cursor defs desc discard ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
filter font font-face font-face-format font-face-name font-face-src font-face-uri foreignObject g glyph glyphRef hatch
hatchpath hkern image line linearGradient marker mask mesh meshgradient meshpatch meshrow metadata missing-glyph mpath
path pattern polygon polyline radialGradient rect script set solidcolor stop style svg switch symbol text textPath
title tref tspan unknown use view vkern
""".split()  # noqa: SIM905 - a name a line would be no clearer

#: Of MathML 1 to 3, with content markup.
MATHML = """
abs and annotation annotation-xml apply approx arccos arccosh arccot arccoth arccsc arccsch arcsec arcsech arcsin
arcsinh arctan arctanh arg bind bvar card cartesianproduct cbytes ceiling cerror ci cn codomain complexes compose
condition conjugate cos cosh cot coth cs csc csch csymbol curl declare degree determinant diff divergence divide domain
domainofapplication emptyset eq equivalent eulergamma exists exp exponentiale factorial factorof false floor fn forall
gcd geq grad gt ident image imaginary imaginaryi implies in infinity int integers intersect interval inverse lambda
laplacian lcm leq limit list ln log logbase lowlimit lt maction maligngroup malignmark math matrix matrixrow max mean
median menclose merror mfenced mfrac mglyph mi min minus mlabeledtr mlongdiv mmultiscripts mn mo mode moment
momentabout mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline mspace msqrt msrow mstack
mstyle msub msubsup msup mtable mtd mtext mtr munder munderover naturalnumbers neq none not notanumber notin
notprsubset notsubset or otherwise outerproduct partialdiff pi piece piecewise plus power primes product prsubset
quotient rationals real reals reln rem root scalarproduct sdev sec sech selector semantics sep set setdiff share sin
sinh subset sum tan tanh tendsto times transpose true union uplimit variance vector vectorproduct xor
""".split()  # noqa: SIM905 - a name a line would be no clearer

#: Forms of the names that programmers and web components use.
FORMS = ("{}", "{}-card", "El{}", "{}_t", "{}.{}", "std::{}", "{}9", "{}Id", "x-{}", "My{}View")


def _invented() -> list[str]:
    rng = random.Random(12)  # noqa: S311 - not a secret
    words = ("".join(rng.choices("bdfgkmnqrtvwxz", k=rng.randint(4, 9))) for _ in range(100))
    return [FORMS[number % len(FORMS)].replace("{}", word) for number, word in enumerate(words)]


#: Names that nobody uses.
INVENTED = _invented()
