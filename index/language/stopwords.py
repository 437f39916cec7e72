"""Words that carry grammar rather than matter, by language, folded as in index/language/terms.py.

`index/language/terms.py` asks for the set of a language. The lists are short on purpose: a word that can be the matter
of a news question ("people", "state", "new") is not in them. Languages without a list of their own take the most
frequent short words of general text.
"""

from __future__ import annotations

from functools import lru_cache

_ENGLISH = """
a about above after again against all also am an and any anyone anything are arent as at be because been before being
below between both but by can cannot cant could couldnt d did didnt do does doesnt doing dont down during each either
else ever every for from further had hadnt has hasnt have havent having he her here hers herself him himself his how
however i if in into is isnt it its itself just ll m many may me might mine more most much must my myself neither no nor
not of off on once only onto or other ought our ours ourselves out over own please re s same shall she should shouldnt
so some somebody someone something such t than that the their theirs them themselves then there these they this
those though through to too toward towards under until up upon us ve very was wasnt we were werent what whatever when
whenever where wherever whether which while who whoever whom whose why will with within without wont would wouldnt yet
you your yours yourself yourselves
"""

_GERMAN = """
ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
bevor bin bis bist da dabei dadurch dafur dagegen damit danach daran darauf daraus darin daruber darum das dass davon
dazu dein deine dem den denn der deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch
ein eine einem einen einer eines er es etwas euch euer fur gab gegen geht gibt habe haben hat hatte hatten hier hin
hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in ins ist ja jede jedem jeden jeder jedes jener kann kein
keine keinem keinen keiner konnen konnte man mehr mein meine mit muss mussen musste nach nicht nichts noch nun nur ob
oder ohne sehr sein seine seinem seinen seiner seines seit sich sie sind so solche soll sollen sollte sowie uber um und
uns unser unter vom von vor wahrend wann war waren warum was wegen weil welche welchem welchen welcher welches wem wen
wenn wer werde werden wessen wie wieso wieviel wieviele will wir wird wo woher wohin wollen wollte womit worden
wurde wurden zu zum zur zwar zwischen
"""

_SPANISH = """
a al algo alguien algun alguna algunas alguno algunos ante antes aquel aquella aquellas aquellos aqui asi aun aunque
bajo bien cada como con contra cual cuales cualquier cuando cuanta cuantas cuanto cuantos cuya cuyo de del desde donde
dos durante e el ella ellas ello ellos en entre era eran eres es esa esas ese eso esos esta estaba estado estan estar
estas este esto estos estuvo fue fueron ha habia habian haber hacia han hasta hay he hemos hizo hoy la las le les lo los
mas me mediante mi mientras mis mucha muchas mucho muchos muy nada ni no nos nosotros nuestra nuestro o os otra otras
otro otros para pero poco por porque pues que quien quienes se sea segun ser si sido siempre sin sobre son su sus
tal tambien tampoco tan tanto te tiene tienen toda todas todo todos tras tu tus u un una unas uno unos usted y ya yo
"""

_RUSSIAN = """
а без бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее ей если есть еще ж же
за и из или им их к как какая какие какого какое какой каком какую ко когда кого которая которого которое которой
которую который которые ком кому кто куда ли либо между меня мне много может можно мой мы на над надо нам нас наш не
него нее нет ни них но ну о об однако он она они оно от откуда очень по под почему при про раз с сам свое своего своей
свои свой свою себе себя сейчас сколько со собой так такая такие такой также там те тебя тем то того тоже той только
том тот ту ты у уже хотя чего чей чем через что чтобы чье чьи чья эта эти этим этих это этого этой этом этот эту я
"""

_FRENCH = """
a ai ainsi alors apres au aucun aucune aussi autre autres aux avait avant avec avoir c ca car ce cela celle celles celui
ces cet cette ceux chez combien comme comment contre d dans de depuis des dont du elle elles en entre est et etaient
etait ete etre eu eux fut il ils j je jusqu l la laquelle le lequel les lesquelles lesquels leur leurs lui m ma mais me
meme mes moi mon n ne ni nos notre nous on ont ou par parce pas pendant peu plus pour pourquoi qu quand que quel quelle
quelles quels qui quoi s sa sans se selon sera ses si son sont sous sur t ta te tes toi ton tous tout toute toutes tres
tu un une vers vos votre vous y
"""

_ARABIC = """
في من علي الي عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا متي اين كيف لماذا كم هل هو هي هم هن نحن انا انت ان اذا او
ثم و لا لم لن ليس كان كانت كانوا يكون قد كل بعض بين بعد قبل عند حتي غير كما لكن اي منذ خلال حول ضد دون هناك هنا له لها
لهم به بها منه منها فيه فيها عليه عليها لدي اما ايضا
"""

_CHINESE = """
的 了 是 在 和 与 也 就 都 而 及 或 被 把 对 从 向 有 这 那 吗 呢 吧 啊 谁 什么 什麼 怎么 怎麼 怎样 为什 為什
么时 麼時 何时 何時
哪里 哪裡 哪个 哪個 哪些 多少
几个 幾個 是谁 是誰 谁是 誰是 是什 有多 少人 
这个 那个 一个 時候 时候 如何 为何 為何 是否 没有 他们 我们 你们
"""

_LISTS = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "es": _SPANISH,
    "ru": _RUSSIAN,
    "fr": _FRENCH,
    "ar": _ARABIC,
    "zh": _CHINESE,
    "und": _ENGLISH,
}


@lru_cache(maxsize=64)
def stopwords(lang: str) -> frozenset[str]:
    """The folded stop words of `lang` (ISO 639-1); for a language without a list, its most frequent short words."""
    if lang in _LISTS:
        return frozenset(_LISTS[lang].split())
    from wordfreq import top_n_list  # only for the languages without a list

    try:
        return frozenset(word for word in top_n_list(lang, 60) if len(word) <= 4)
    except LookupError:
        return frozenset()
