"""The phrases of furniture: what pages say around their articles, in the languages that news comes in.

Called by `furniture.py`, which decides. Pure; nothing but patterns. Three kinds: a whole line that is nothing else, how
a line begins, and what a pitch says somewhere. Each names a shape that no sentence of reporting has; where a
sentence could have it, `furniture.py` looks whether anybody is reported to have said it.
"""

from __future__ import annotations

import re

_SITE = (
    r"(?:facebook|twitter|x|whatsapp|e-?mail|print|share|tweet|pinterest|linkedin|reddit|telegram|copy link|link|"
    r"flipboard|"
    r"instagram|youtube|tiktok|threads|bluesky|sms|messenger|pocket|save|comments?|rss|close|snapchat|vk|google news|"
    r"facebook messenger|apple podcasts|spotify)"
)
_STORY = r"(?:stor(?:y|ies)|articles?|pages?|posts?|reports?|pieces?|videos?|content)"
_LOG_IN = r"(?:log ?in|sign in|register|sign up|subscribe|create an account|join)"

# A line of nothing else, in lower case; closing punctuation may follow.
_WHOLE_LINES = (
    # advertising
    r"advertise?ments?(?: ?[-–—] ?(?:continue reading|scroll to continue|story continues).{0,20})?|ads?|ad feedback",
    r"video ad feedback.{0,300}|(?:just|must) watched? .*\b(?:replay|must watch)\b.{0,200}|sponsored(?: content|"
    r" links?| by [^.,]{2,40})?|promoted(?: links| content)?|paid (?:post|content)",
    r"(?:article|story|content) continues (?:below|after).{0,40}|scroll (?:down )?to continue(?: reading)?",
    r"this advertisement has not loaded yet.{0,60}",
    # reading on
    r"(?:read|see|learn|find out|discover|show|load|view)(?: the)? (?:more|less|next|all|full (?:story|article|"
    r"report|list)|"
    r"more (?:here|stories|articles|news|posts|comments|results))(?: here)?",
    r"(?:continue|keep) reading|up next|next up|(?:previous|next) (?:article|story|post|page|slide|image|video)",
    rf"related(?: (?:{_STORY}|coverage|topics?|links|news|tags))?",
    r"(?:top|latest|popular|featured|breaking|other|similar|trending|recent|must[- ]reads?|recommended|more|hot|"
    r"our best) "
    r"(?:stories|news|articles|posts|headlines|videos?|topics|tags|reads|coverage|links|searches|now)",
    r"(?:more|other) stories like this|recommended(?: for you)?|trending(?: now)?|must[- ]reads?|stories for you",
    r"you (?:may|might) (?:also )?(?:like|be interested in|enjoy|have missed)|more (?:from|in|on|"
    r"about) (?:[^.,!?]|(?<=\b\w)\.){2,40}",
    r"most (?:read|popular|viewed|shared|commented|watched)(?: (?:in|on) [^.,]{2,30}| stories| articles| news|"
    r" videos)?",
    r"(?:the )?editors?[’']?s?[’']? (?:picks?|choice|recommendations)|explore more(?: on (?:these|this) topics?)?",
    r"(?:topics|tags|filed under|categories|keywords|explore more on|read more about|more about) ?: ?[^.!?]{2,140}",
    r"watch (?:now|live|more|the video|video)|listen(?: now)?|"
    r"listen to (?:this |the )?(?:article|story|episode|podcast|audio version)(?: ?\(.{2,20}\)| here| instead)?",
    # sharing and keeping
    rf"{_SITE}(?:[\s|,·•/&+]+{_SITE}){{0,12}}|share(?: options| link)?|share (?:this|the)(?: {_STORY})?",
    rf"share (?:on|via|to|with|by)(?: {_SITE})?|copy (?:link|url)(?: to clipboard)?|(?:link|url) copied.{{0,20}}",
    rf"(?:print|save|bookmark|gift|e-?mail|like|cite|republish)(?: this)? {_STORY}|save for later|(?:saved|"
    rf"follow(?:ing)?)",
    # comments
    r"(?:jump|skip|go|scroll) to (?:the )?comments?|(?:view|show|see|read|hide|load)(?: all)?(?: \d+)? comments?",
    r"\d[\d,.]*k? (?:comments?|shares?|likes?|views?|replies|reactions)|(?:leave|post|write|add|"
    r"submit) a (?:comment|reply)",
    r"(?:join|start) the (?:conversation|discussion|debate)|(?:the )?comments (?:are|have been) (?:closed|"
    r"disabled|off)",
    r"comments (?:on this \w+ )?(?:are|will be) (?:pre-?)?moderated.{0,80}|be the first to comment",
    rf"(?:please )?{_LOG_IN}(?: or {_LOG_IN})* to (?:comment|continue|read|view|reply|join|access|post|leave|"
    rf"save).{{0,40}}",
    # gates
    r"already (?:an? )?(?:subscriber|subscribed|member|registered|have an account)\W*(?:please )?(?:(?:log|"
    r"sign) ?in)?(?: here| now)?",
    rf"{_LOG_IN}(?: now| here| today| for free)?|start (?:your )?(?:free )?trial|subscribe and save|join (?:now|"
    rf"us|today)",
    r"(?:try|get) (?:one month|\d+ \w+|it|us|your first \w+)(?: free)? for .{2,20}|not (?:yet )?a (?:subscriber|"
    r"member)\W.{0,40}",
    r"(?:this|the) (?:article|story|content|page|video|feature) is (?:only |exclusively )?(?:available )?(?:for|"
    r"to|reserved for|"
    r"exclusive to|available to) (?:our )?(?:paying |registered |premium )?(?:subscribers|members|users|"
    r"readers)(?: only)?",
    r"you(?: have|’ve|'ve) (?:reached|used|read|hit) (?:your|all|the).{0,30}(?:limit|articles|stories).{0,40}",
    rf"to (?:continue|keep) reading(?: this \w+)?[,:]? (?:please )?{_LOG_IN}.{{0,40}}|subscriber[- ](?:only|"
    rf"exclusive).{{0,20}}",
    r"(?:unlock|access|get) (?:this|unlimited|all|every|full) .{2,60}(?:subscription|membership|access).{0,30}",
    r"cancel (?:at )?any ?time|(?:enter )?(?:your )?e-?mail(?: address)?|invalid e-?mail.{0,20}|"
    r"please enter a valid .{2,30}",
    r"thank(?:s| you) for (?:subscribing|signing up|registering|your subscription|reading)|newsletters?|"
    r"our newsletters",
    # machinery
    r"loading\W*|replay|play(?: (?:video|audio|again))?|pause|mute|unmute|fullscreen|video player is loading.{0,20}",
    r"(?:please )?enable javascript.{0,80}|your browser does not support.{0,80}|.{0,60}(?:enable|requires|"
    r"turn on) javascript.{0,60}",
    r"(?:this|the) (?:video|content|audio|media|page) (?:can ?not|can[’']t|could not) be (?:played|loaded|"
    r"displayed|found).{0,30}",
    r"(?:image|photo|slide|picture) \d+ (?:of|/) \d+|\d{1,3} ?(?:/|of) ?\d{1,3}|(?:view|open|see|close|"
    r"launch) (?:the )?"
    r"(?:gallery|images?|photos?|slideshow)(?: .{2,20})?|(?:hide|show|toggle) captions?|(?:enlarge|"
    r"expand)(?: this)? (?:image|photo)",
    r"back to (?:the )?top|skip (?:to|past) .{3,40}|after newsletter promotion|menu|search|home|sections?|open menu",
    r"(?:show|load|see) (?:more|less)(?: .{2,20})?|click to (?:expand|enlarge|copy|play).{0,30}|(?:swipe|"
    r"tap) .{0,10}to .{3,30}",
    # cookies and law
    r"(?:we and |we, )?our \d* ?partners .{0,40}cookies.{0,80}|accept(?: all)?(?: cookies)?|reject(?: all)?|"
    r"i (?:agree|accept)",
    r"(?:cookie|privacy|consent|ad) (?:settings|preferences|policy|notice|choices|options|statement)",
    r"(?:manage|change|update|review)(?: your)? (?:cookies?|consent|privacy|ad)(?: (?:preferences|settings|"
    r"choices)).{0,40}",
    r"terms(?: (?:and|&) conditions| of (?:use|service|sale))?|privacy(?: policy| notice)?|contact(?: us)?|"
    r"about us|help|faq",
    r"do not sell(?: or share)? my (?:personal )?info(?:rmation)?|your (?:ad|privacy) choices|"
    r"accessibility(?: statement)?",
    # times
    r"(?:reading time|time to read)\W.{1,20}|\d+[- ]?min(?:ute)?s?(?: read)?|about a minute read",
    r"(?:(?:last |first )?(?:updated|published|posted|modified|edited)[:\s]*)?(?:\d+|an?|one|two|three) "
    r"(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month)s? ago",
    r"(?:(?:published|updated|posted|modified|by|on|at)\s*[:·|•\s]*|\d+ min read\s*)+",
    # asking the reader
    r"(?:play|try|take|do)(?: the| our| today[’']s)? ?(?:daily|weekly|mini|news)*(?: news)? ?(?:crosswords?|quiz|"
    r"sudoku|puzzles?|games?)",
    r"(?:buy|get|shop|order|book|see)(?: (?:your|the))?(?: (?:tickets?|yours?|deals?|it))? (?:now|here|today)|"
    r"shop all.{0,20}",
    r"more [^.!?:]{2,30}: ?https?://\S+(?:(?: and|,) https?://\S+)*",
    r"donate(?: now| today| here)?|support us|(?:make a )?(?:donation|contribution)|get the app|"
    r"download the app.{0,30}",
    r"(?:view|see) this (?:post|tweet|photo) on \w+|a post shared by .{2,80}|.{0,15}pic\.twitter\.com/\S+",
    r"[—–-] .{2,50} ?\(@\w{1,30}\).{0,40}|@\w{2,30}|(?:twitter|x|instagram|facebook|tiktok|e-?mail|"
    r"phone) ?: ?@?\S{3,60}",
    r"what you need to know newsletter|just watched|more videos|must watch",
    # German
    r"anzeige|werbung|mehr zum thema(?: ?: .{3,120})?|weiterlesen|(?:artikel )?teilen|drucken|merken|"
    r"auch interessant|nach oben",
    r"weitere (?:artikel|themen|nachrichten|meldungen|videos)|das könnte (?:sie|dich|"
    r"euch) (?:auch )?interessieren|startseite",
    r"(?:zum )?(?:kommentieren|weiterlesen) (?:bitte )?(?:anmelden|einloggen|registrieren)|"
    r"kommentare(?: \(\d+\))?|meistgelesen",
    r"(?:dieser|der) (?:artikel|text|beitrag|inhalt) ist (?:nur|ausschließlich|"
    r"exklusiv) für (?:\w+ )?(?:abonnent\w*|mitglieder|leser).{0,20}",
    r"sie haben (?:bereits|schon) ein (?:abo|konto)\W.{0,40}|lesezeit\W.{1,20}|empfohlener (?:redaktioneller|"
    r"externer) inhalt",
    r"an dieser stelle (?:finden|steht|befindet).{0,40}(?:externe|inhalt).{0,80}|"
    r"externe[rn]? inhalte? (?:an)?zeigen.{0,40}",
    r"datenschutz(?:erklärung|hinweise)?|impressum|alle akzeptieren|newsletter|jetzt (?:abonnieren|testen|"
    r"anmelden|registrieren)",
    r"jetzt (?:den )?(?:\S+ )?newsletter abonnieren|(?:zur|zum) (?:startseite|artikel|galerie)|mehr (?:lesen|"
    r"anzeigen|laden)",
    # Spanish, French, Italian, Portuguese
    r"publicidad|compartir(?: (?:en|por) \w+)?|(?:te|le) puede interesar|más (?:información|noticias|leídas?)|"
    r"leer más|ver más",
    r"(?:noticias|artículos|temas|contenidos?) relacionad[oa]s?|lo más (?:leído|visto)|comentarios|suscr[ií]bete|"
    r"iniciar sesión",
    r"contenido (?:exclusivo )?(?:para|solo para) suscriptores|(?:haz|haga) clic aquí .{0,60}|(?:ya eres|"
    r"¿ya eres) suscriptor\W.{0,30}",
    r"publicité|partager(?: sur \w+)?|à lire aussi|lire (?:plus|la suite)|sur le même (?:sujet|thème)|"
    r"(?:les )?plus lus|abonné(?:e|s)?",
    r"(?:article|contenu) réservé aux abonnés|commentaires|s[’']abonner|se connecter|mentions légales",
    r"pubblicità|condividi(?: su \w+)?|leggi (?:tutto|di più)|articoli correlati|publicidade|compartilh(?:e|ar)|"
    r"leia mais|saiba mais",
    # Russian
    r"реклама|читайте также|поделиться(?: (?:в|во|ссылкой|статьёй|статьей|новостью|"
    r"материалом)(?: \S{2,20}){0,2})?|подписаться|подпишитесь|читать (?:далее|ещё|еще|дальше|полностью)|комментарии",
    r"(?:материалы|новости|статьи|ещё|еще|также) по теме|главные новости|последние новости|новости партн[её]ров|"
    r"самое читаемое",
    r"фото дня|видео дня|на правах рекламы|главная|войти|зарегистрироваться|показать ещё|показать еще|наверх|"
    r"теги ?: ?.{2,100}",
    r"нашли (?:опечатку|ошибку)\W.{0,100}|обсудить|версия для печати|рекомендуем",
    # Arabic
    r"إعلان|إعلانات|شارك(?: (?:المقال|الخبر|هذا الخبر))?|المزيد(?: من الأخبار)?|مواضيع ذات صلة|أخبار ذات صلة|"
    r"الأكثر قراءة|"
    r"اقرأ المزيد|اقرأ أيضا|تعليقات|التعليقات|تسجيل الدخول|طباعة|انشر|الرئيسية",
    # Chinese, Japanese, Korean
    r"广告|廣告|分享(?:到.{1,6})?|相关(?:阅读|新闻|报道|文章|链接)|相關(?:閱讀|新聞|報導)|延伸(?:阅读|閱讀)|(?:点击|點擊)?(?:查看|阅读)(?:更多|全文|原文)|"
    r"点击查看更多|推荐阅读|热门(?:文章|新闻)|返回(?:首页|顶部)|[（(]?责任编辑[:：].{1,12}|[（(]?編輯[:：].{1,12}|评论|登录|注册",
    r"関連(?:記事|ニュース)|この記事を(?:シェア|共有)(?:する)?|"
    r"続きを読む|おすすめ(?:記事)?|広告|コメント|ランキング|관련 ?기사|공유하기|광고",
)

# How a line begins, in lower case.
_BEGINNINGS = (
    # channels, newsletters, applications
    r"(?:join|follow|find|like|add|connect with|subscribe to) (?:our|us|@\w+)\b.*(?:channel|newsletter|telegram|"
    r"whatsapp|"
    r"facebook|group|twitter|instagram|tiktok|youtube|\bx\b|google|linkedin|community|page|bluesky|threads|podcast)",
    r"join (?:the conversation|thousands|millions|over \d).*(?:on|at|below|newsletter|inbox|subscri|members)",
    r"(?:follow|like) @?[^\W\d_][\w ]{1,30}(?: \w+)? (?:on|@) ?(?:twitter|facebook|instagram|x|tiktok|youtube|"
    r"telegram|google)\b",
    r"follow @\w+|prefer to listen\?|check out (?:the|our) .{2,40} podcast\b|follow (?:our|all (?:of )?our|"
    r"the) (?:live )?(?:coverage|live ?blog|updates).{0,60}$|"
    r"follow every (?:game|match)\b",
    r"(?:sign up|register|subscribe) (?:here |now |today |free )?(?:for|to) (?:our|the|cnn|your|this|a|get|"
    r"receive|read|unlimited|"
    r"full|digital|premium|any|[a-z’' ]{2,30}(?:newsletter|channel))\b.*\b(?:newsletter|inbox|alerts?|updates|"
    r"channel|podcast|e-?mail|"
    r"here|app\b|digital|subscription|story|access|issue|magazine)",
    r"(?:sign up|subscribe|register)\W*$|(?:sign up|subscribe) (?:here|now|today)\b",
    r"(?:get|receive) (?:our|the|your|all the|these|more|[a-z’' ]{2,30}newsletter)\b.*(?:newsletter|inbox|app\b|"
    r"e-?mail alerts)",
    r"(?:want|looking for|need|love|enjoy(?:ing|ed)?|like|liked) (?:more |this |what you|our ).{0,60}\?",
    r"would you like to receive\b.*newsletter|download (?:our|the) .{0,30}\bapp\b|(?:the|this|"
    r"our) .{0,40}newsletter (?:provides|brings|is a)",
    r"(?:this|the) (?:story|article|piece|column|post) (?:was )?(?:first|originally) (?:appeared|published|ran|"
    r"posted|featured)\b",
    r"(?:this|the) (?:story|article|piece|column|post) (?:first|originally) (?:appeared|ran) (?:in|on|at)\b",
    r"a version of this (?:article|story|column|review|piece|post) (?:\w+ )?(?:appear(?:s|ed)|was published|ran)\b",
    # contact
    r"(?:e-?mail|contact|reach|message|write to) (?:the (?:writer|author|reporter|newsroom|newsdesk)|us|me|our|"
    r"him|her|them)\b",
    r"(?:reach|contact|follow|e-?mail) \S.{0,120}(?:@\w|\bon (?:twitter|facebook|instagram|telegram|tiktok|x|"
    r"linkedin))",
    r"(?:do you )?(?:got|have) (?:a|any|an?other|more) (?:news )?(?:tips?|stor(?:y|ies)|questions?|comments?|"
    r"ideas?|information|concerns?)\b.{0,60}\?",
    r"have you been affected\b.{0,100}\?.*(?:share|e-?mail|contact|tell us|get in touch|write)|"
    r"have (?:a )?(?:news )?tips?\b.{0,20}\?",
    r"(?:share|send|tell) (?:us )?your (?:story|stories|thoughts|views|photos|tips)\b|send (?:us )?(?:tips|"
    r"your tips|letters)\b",
    r"to (?:report|request|suggest|submit) an? (?:error|correction|typo|mistake|letter|op-ed|tip)\b|(?:spotted|"
    r"see|found) an error",
    r"let us know\b.{0,60}(?:comments|below|think)|tell us (?:what you think|in the comments)|"
    r"what do you think\?.*(?:comment|know|below|tell)",
    # money
    r"(?:please )?consider (?:making a|supporting (?:our|us|the)|becoming a|donating (?:to (?:us|our|the)|"
    r"today)|subscribing|"
    r"a (?:donation|subscription|contribution))\b",
    r"(?:thank you for supporting our|(?:please )?support (?:our|local|independent|quality|free) (?:journalism|"
    r"reporting|newsroom|work))\b",
    r"(?:your|reader) (?:support|donations?|contributions?|subscriptions?|membership) (?:helps?|makes?|keeps?|"
    r"powers?|allows?|funds?)\b",
    r"we need your (?:support|help)\b.*(?:report|journalis|free|independent|stories)|our journalism needs\b|"
    r"become a (?:member|subscriber|supporter)\b",
    r"if you (?:value|like|appreciate|enjoy|believe in|love) (?:our|this|independent|local|what we|what you)\b.*"
    r"(?:member|subscri|donat|support|contribut|sign up|share)",
    r"for (?:just|only|as little as) .{2,20}(?:an?|per|/) ?(?:week|month|day|year)\b.*(?:subscri|read|access|"
    r"support|cancel|get)",
    r"(?:our|the) (?:journalists|editors|writers|team|site|links)\b.{0,60}\bcommission|when you (?:buy|purchase|"
    r"shop|click)\b.{0,40}links?\b",
    r"(?:this|some of the) (?:article|post|page|links)\b.{0,40}affiliate|"
    r"[^.]{2,60} is an? .{2,40} content partner offering",
    r"(?:just )?for subscribers ?:|(?:exclusive )?for members ?:|prices were accurate at the time",
    # imprint and law
    r"(?:all|alle) rights? reserved(?! to\b)|alle rechte vorbehalten|todos los derechos reservados|"
    r"tous droits réservés|все права защищены",
    r"this (?:material|content|article|story) may not be (?:published|reproduced|broadcast|copied|used|distributed)",
    r"(?:reproduction|republication|redistribution|distribution|copying)\b.{0,60}(?:prohibited|forbidden|"
    r"without .{0,20}permission)",
    r"no (?:part|portion) of this (?:material|publication|article|site|website|content|report)\b",
    r"the (?:views|opinions)(?: and opinions)? expressed (?:in|by|here|on|are)\b",
    r"(?:we|this (?:web)?site|our (?:web)?site|our partners) uses? cookies|by continuing to (?:use|browse)|"
    r"we use cookies and\b",
    r"by (?:signing|subscribing|registering|clicking|submitting|continuing|entering|providing|using|creating|"
    r"checking)\b.{0,80}"
    r"\b(?:you|i) (?:\w+ )?(?:agree|consent|accept|acknowledge|confirm|give)",
    r"(?:we will|we[’']ll) use the (?:details|information) you have|if you wish to object to the use of your data",
    r"click (?:here|on the link|the link|below) (?:to|for)\b|(?:tap|press|swipe) here\b|"
    r"check your local forecast here",
    r"you can (?:unsubscribe|opt out|cancel)\b.{0,60}$|accept (?:all )?cookies|change your consent",
    # what became of the story
    r"this (?:story|article|report|post|page|headline|file)(?: and (?:its )?headline)? (?:ha(?:s|ve) been|was|"
    r"is being|will be|"
    r"is) (?:\w+ )?updated\b(?! to (?:correct|fix|clarify|accurately|properly)).{0,160}$",
    r"(?:this is an? |a )?(?:developing|breaking)(?: news)? story\W*(?:and |it |please |check|more|refresh|stay|"
    r"will|this|$)",
    r"(?:just|must) watched? .*\b(?:replay|must watch)\b|video ad feedback|the post .{5,120} appeared first on\b",
    r"distributed by (?-i:[^\W\d_a-z]).{0,80}$|visit .{2,60} at(?: https?://\S+|\s*(?:www\.)\S+)?\.?$",
    # German
    r"(?:abonnieren sie|jetzt abonnieren|melden sie sich (?:hier |jetzt )?(?:für|zu) (?:unseren|unserem|den))\b",
    r"(?:wir verwenden|diese (?:web)?seite verwendet|diese (?:web)?seite nutzt|wir nutzen) (?:\w+ )?cookies",
    r"(?:folgen sie|folge|folgt) uns\b|(?:hat|dieser artikel hat) ihnen .{0,30}gefallen\?|mit (?:unserem|"
    r"dem) newsletter\b",
    # Spanish, French, Italian, Portuguese, Polish, Dutch
    r"suscr[ií]b(?:ete|ase) (?:a|gratis|ahora|aquí|y)\b|reg[ií]str(?:ate|ese) (?:gratis|aquí|para)|"
    r"s[ií](?:guenos|ganos) (?:en|a través)\b",
    r"(?:utilizamos|usamos|este sitio (?:web )?(?:usa|utiliza)) cookies|únete a nuestr|recibe (?:las|nuestr)",
    r"(?:abonnez-vous|inscrivez-vous)\b|suivez-nous\b|nous utilisons des cookies|iscriviti (?:alla|al|ora)\b|"
    r"seguici su\b",
    r"(?:assine|inscreva-se)\b.{0,30}(?:newsletter|canal|aqui)|siga-nos\b|zapisz się\b|schrijf je in\b|meld je aan\b",
    # Russian
    r"подпи(?:шитесь|сывайтесь) (?:на|и)\b|следите за (?:наши|новост)|мы используем (?:файлы )?cookie|"
    r"присоединяйтесь к нам\w*\b",
    r"читайте нас\b|больше новостей\b.{0,40}(?:канал|telegram|телеграм)|наш (?:телеграм|telegram)",
    # Arabic, Chinese, Japanese
    r"اقرأ أيضا ?[:：]|اشترك(?:وا)? (?:في|ب)(?: ?نشرتنا| ?قناتنا| ?القناة)|تابعونا (?:على|عبر)|جميع الحقوق محفوظة|"
    r"للمزيد ?:",
    r"版权所有|未经(?:授权|许可)|相关阅读[:：]|更多(?:新闻|内容|精彩)|关注(?:我们|微信公众号)|扫(?:码|一扫)|無断転載|無断複製",
)

_READ_ALSO = (
    r"(?:(?:keep |continue )?read(?:ing)?(?: more| also| next| here)?|also read|see also|related(?: (?:story|"
    r"stories|article|articles|video))?|"
    r"more ?(?:here|on this)?|don[’']t miss|must read|recommended(?: reading)?|lesen sie (?:auch|mehr)|mehr dazu|"
    r"auch interessant|"
    r"lea también|lee también|te puede interesar|(?:à )?lire aussi|à voir aussi|leggi anche|leia também|veja também|"
    r"czytaj (?:także|też|również)|lees ook|читайте также|читайте по теме|по теме|إقرأ أيضا|اقرأ أيضا)"
)

# What a pitch says somewhere.
_SOMEWHERE = (
    r"\b(?:delivered|sent|straight|right|directly|daily)\b[^.]{0,40} (?:to|in) your (?:inbox|e-?mail|phone)",
    r"\b(?:in|to) your inbox\b|\bunsubscribe (?:at )?any ?time\b|\bcheck your local forecast here\b",
    r"\bsign up (?:for free |for it |to receive it )?(?:here|now)\b|\bsigning up for our\b",
    r"\bsign up for [^.,]{2,50}(?:\b(?:newsletter|briefing)\b|, an? [^.]{0,40}\b(?:newsletter|dispatch|digest|"
    r"briefing|roundup)\b)",
    r"\bnewsletter ?: ?(?:sign up|get|follow)\b|\bsubscribe (?:here|now|today)\b",
    r"\bsubscribe to (?:the|our|[a-z0-9.’' ]{2,40}) (?:newsletter|letter|channel|podcast)(?: here)?\b",
    r"\bsupport (?:strong |our |quality )?(?:local )?journalism\b|\bbecome an? .{0,30}(?:digital )?subscriber\b",
    r"\bconsider (?:supporting|becoming|making) (?:our|us|a|an)\b[^.]*(?:journalis|subscri|donat|contribut|"
    r"member|efforts|work)",
    r"(?:\b(?:reach|contact|follow|e-?mail|message) (?:him|her|them|me|us)|[.!?] (?:reach|contact|"
    r"follow) (?-i:[A-Z][\w’'-]+)) (?:at|on|by)\b.*(?:@|twitter|facebook|instagram|\d{3}-\d{4})",
    r"\bsend (?:him|her|them|me|us) an? (?:e-?mail|message|note|tip)\b|\bcan be reached (?:at|on|by|via)\b",
    r"\bmay earn (?:us )?(?:a |an )?(?:small )?(?:affiliate )?commission|\bmay receive (?:a |"
    r"an )?(?:affiliate )?commission",
    r"\b(?:independently|carefully) (?:chosen|selected|reviewed) by .{2,40}(?:editors|team|staff)\b",
    r"\b(?:work|coverage|reporting|project|series) (?:(?:at|of|on|by|in) .{2,40} )?is (?:supported|funded|"
    r"made possible)(?: in part)? (?:by|with)\b.*"
    r"\b(?:grants?|foundation|support from|donations)\b",
    r"\bviews expressed (?:here|in this (?:commentary|article|column|piece)) (?:are|is)\b",
    r"\babonnieren sie (?:unseren|den)\b[^.]*newsletter|\bподпи(?:шитесь|сывайтесь) на (?:наш|нас)\b|"
    r"\bnewsletter abonnieren\b",
)

_FLAGS = re.IGNORECASE | re.DOTALL
_LEADERS = r"[(\[►•*▶🌤\s—–>-]*"

WHOLE = re.compile(_LEADERS + "(?:" + "|".join(_WHOLE_LINES) + r")[\s.:!?>»…→)\]]*", _FLAGS)
"""A line of nothing else."""
BEGINNING = re.compile(_LEADERS + "(?:" + "|".join(_BEGINNINGS) + ")", _FLAGS)
"""How a line of promotion, navigation or imprint begins; a sentence may begin so, too."""
SOMEWHERE = re.compile("|".join(_SOMEWHERE), _FLAGS)
"""What a pitch says somewhere; it holds one of `PITCHING`."""
PITCHING = (
    *(
        "inbox",
        "e-mail",
        "email",
        "phone",
        "sign",
        "newsletter",
        "subscribe",
        "forecast",
        "journalis",
        "consider",
        "reach",
    ),
    *("contact", "follow", "message", "send", "commission", "chosen", "selected", "reviewed", "grant", "foundation"),
    *("support", "donation", "views expressed", "abonnieren", "подпи"),
)
"""Words in lower case of which every pitch holds one: a fast look before the slow one."""
READ_ALSO = re.compile(_LEADERS + _READ_ALSO + r"\s*[:：»>|]\s?.{3,160}", _FLAGS)
"""A link to another article, announced as one."""
