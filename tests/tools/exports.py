"""What newsrooms' programs write, for tests: one sound specimen a format, and a way to read it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from index.datatypes import RawRecord, Record
from index.errors import RecordError
from index.sources.file_source import open_source

WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>The Vale Observer &amp; Mail</title><link>https://vale.example</link><language>en-GB</language>
<wp:author><wp:author_login><![CDATA[jdoe]]></wp:author_login>
<wp:author_display_name><![CDATA[Jane Doe]]></wp:author_display_name></wp:author>
{items}
</channel>
</rss>
"""


def post(
    number: int = 1,
    *,
    title: str = "Bridge reopens",
    text: str = "<p>The bridge reopened on Friday after repairs.</p>",
    status: str = "publish",
    kind: str = "post",
    more: str = "",
) -> str:
    return f"""<item><title><![CDATA[{title}]]></title><link>https://vale.example/{number}</link>
<pubDate>Fri, 10 May 2024 10:00:00 +0000</pubDate><dc:creator><![CDATA[jdoe]]></dc:creator>
<guid isPermaLink="false">https://vale.example/?p={number}</guid><description></description>
<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[2024-05-10 12:00:00]]></wp:post_date>
<wp:post_date_gmt><![CDATA[2024-05-10 10:00:00]]></wp:post_date_gmt><wp:status><![CDATA[{status}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type><wp:post_password><![CDATA[]]></wp:post_password>
<category domain="category" nicename="news"><![CDATA[News]]></category>
<category domain="post_tag" nicename="bridge"><![CDATA[bridge]]></category>{more}</item>"""


def wxr(*posts: str) -> str:
    return WXR.replace("{items}", "\n".join(posts))


NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf>
<head><title>Ferry line ends</title>
<docdata management-status="usable"><doc-id id-string="ferry-1"/><date.issue norm="20240510T101500+0200"/>
<doc.copyright holder="North Wire" year="2024"/></docdata>
<pubdata name="The Oldport Mail" position.section="Local"/></head>
<body>
<body.head><hedline><hl1>Ferry to Sandholm ends</hl1><hl2>Board finds no captain</hl2></hedline>
<byline>By <person>Ada Venn</person><byttl>Harbour Reporter</byttl></byline>
<distributor><org>North Wire</org></distributor>
<dateline><location>OLDPORT</location></dateline></body.head>
<body.content><p>The ferry to <location>Sandholm</location> stops on <chron norm="20240503">3 May</chron>,
the harbour board said.</p>
<media media-type="image"><media-reference source="a.jpg" alternate-text="x">alt words</media-reference>
<media-caption>The ferry at the old quay.</media-caption></media>
<hl2>No captain left</hl2><p>&ldquo;We have no captain,&rdquo; said Greta Holm&mdash;the chair.</p></body.content>
<body.end><tagline>Reporting by Ada Venn</tagline></body.end>
</body></nitf>
"""

NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2024-05-10T10:00:00Z</sent></header>
<itemSet>
{items}
</itemSet></newsMessage>
"""


def news_item(
    guid: str = "urn:newsml:north.example:20240510:1",
    *,
    status: str = "stat:usable",
    kind: str = "ninat:text",
    meta: str = "",
    text: str = "<p>Rain is expected in the Vale on Sunday.</p>",
    version: int = 1,
) -> str:
    return f"""<newsItem guid="{guid}" version="{version}" standard="NewsML-G2" conformance="power" xml:lang="en">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml"/>
<rightsInfo><copyrightHolder literal="North Wire"/></rightsInfo>
<itemMeta><itemClass qcode="{kind}"/><provider literal="north"><name>North Wire</name></provider>
<versionCreated>2024-05-10T12:30:00+02:00</versionCreated><firstCreated>2024-05-10T09:00:00+02:00</firstCreated>
<pubStatus qcode="{status}"/>{meta}</itemMeta>
<contentMeta><headline>Rain for the Vale</headline><by>By Ada Venn</by><language tag="en-GB"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>t</title></head><body>{text}</body></html></inlineXML></contentSet></newsItem>"""


def newsml(*items: str) -> str:
    return NEWSML.replace("{items}", "\n".join(items))


def ninjs(**more: object) -> dict[str, object]:
    return {
        "uri": "tag:north.example,2024:1",
        "type": "text",
        "pubstatus": "usable",
        "versioncreated": "2024-05-10T12:30:00+02:00",
        "headline": "Rain for the Vale",
        "byline": "Ada Venn",
        "language": "en-GB",
        "copyrightholder": "North Wire",
        "body_html": "<p>Rain is expected in the Vale on Sunday.</p><h2>Wind</h2><p>Wind, too.</p>",
        "associations": {"main": {"type": "picture", "uri": "p", "description_text": "Clouds over the Vale."}},
        **more,
    }


EML = """From: Jane Doe from The Vale Observer <news@vale.example>
To: readers@vale.example
Subject: =?utf-8?Q?Caf=C3=A9_opens?= in Mill Lane
Date: Fri, 10 May 2024 07:00:00 +0200
Archived-At: <https://vale.example/letter/7>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

The plain words.
--b
Content-Type: text/html; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

<html><head><title>x</title><style>p{}</style></head><body>
<div style=3D"display:none">Hidden preview.</div>
<table><tr><td><h1>Caf=E9 opens</h1></td><td><p>The caf=E9 opened on Friday.</p></td></tr></table>
</body></html>
--b--
"""

CSV = """id,title,text,author,published,url
7,Bridge reopens,"The bridge reopened on Friday.

Lorries, too, may ""cross"" it.",Jane Doe,2024-05-10,https://vale.example/7
8,Bread prize,A bakery won the prize.,Imke Sand,2024-05-11,https://vale.example/8
"""


def docx_bytes(build=None) -> bytes:
    import docx

    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.language = "Bridge reopens", "Jane Doe; Ada Venn", "en-GB"
    if build is None:
        document.add_heading("Bridge reopens after repairs", 0)
        document.add_paragraph("The bridge reopened on Friday.")
        document.add_heading("What it cost", 1)
        document.add_paragraph("It cost 41 million crowns.")
        document.add_paragraph("The bridge on Friday.", style="Caption")
    else:
        build(document)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def zip_bytes(members: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return packed.getvalue()


def read(folder: Path, name: str, data: bytes | str, **options: object) -> tuple[list[RawRecord], list[RecordError]]:
    """The articles and the errors that a file of this name gives."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    items = list(open_source(path, **options).records())  # type: ignore[arg-type]
    return [i for i in items if isinstance(i, RawRecord)], [i for i in items if isinstance(i, RecordError)]


def record(folder: Path, name: str, data: bytes | str, **options: object) -> Record:
    """The one article of a file that has one."""
    raws, errors = read(folder, name, data, **options)
    assert not errors, errors
    (raw,) = raws
    return raw.load()


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


LEFT = (
    "The harbour board of Oldport said on Monday that the ferry would stop running in May because it had found no "
    "captain who knows the channel well enough to sail it in the winter storms that come from the northern sea."
)
RIGHT = (
    "Passengers who hold a yearly ticket will be paid back in full, according to the board, which has not yet said "
    "whether a bus will run in place of the boat or when the line might one day return to the old timetable."
)


def pdf_bytes(build, **options: object) -> bytes:
    """A PDF that `build` draws."""
    from fpdf import FPDF

    pdf = FPDF(format="A4", **options)
    pdf.set_font("Times", size=11)
    build(pdf)
    return bytes(pdf.output())


def wrapped(pdf, text: str, width: float) -> list[str]:
    """The lines of a text at a width, words cut by hyphens nowhere."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if pdf.get_string_width(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]
