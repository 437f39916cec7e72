"""The endings that make a bare name a link: every country's and the common generic ones.

Used by `links` alone. The server knows some 1,400 more; a test that needs one writes the protocol in front.
"""

from __future__ import annotations

_COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf
cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg
gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp
kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne
nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk
sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn
vu wf ws ye yt za zm zw
"""

_GENERIC = """
academy agency app archi art asia bank bar best bio biz blog bot business cafe cat center city cloud club com community
company cool coop data day dev digital earth edu email energy eus expert express finance fun fund fyi games global gov
guru health help host house info ing ink int jobs land law legal life link live lol london ltd map market media mil mobi
money moscow museum name net network new news ngo now observer one online ooo org page paris party phd photo pictures
plus post press pro pub radio red report review rocks run school science scot search shop site social software space
sport store studio study style support systems team tech technology tel tips today tokyo top tours town trade training
travel video vip vote wales watch website wiki win work works world wtf xyz yoga zip zone москва онлайн орг рф сайт укр
бел бг срб қаз ευ ελ հայ 中国 中國 香港 台湾 台灣 新闻 世界 한국 भारत ไทย
"""

TOP_LEVEL = frozenset((_COUNTRIES + _GENERIC).split())
