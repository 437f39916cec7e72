"""The words by which the rules know that somebody speaks, and who: verbs, roles, pronouns.

English first, with the commonest of German, Spanish, French and Russian. Data only.
"""

from __future__ import annotations


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SAYING = _set(
    """
    said says say told tells added adds warned warns wrote writes tweeted posted argued argues insisted insists
    acknowledged acknowledges testified replied replies responded asked asks noted notes explained explains recalled
    recalls continued concluded declared stated announced claimed claims cautioned suggested remarked quipped joked
    admitted admits conceded confirmed commented complained promised pledged vowed urged shouted cried whispered
    countered predicted lamented reiterated stressed emphasized emphasised observed agreed boasted alleged contended
    maintained repeated texted emailed exclaimed sighed mused opined asserted affirmed reflected retorted sagte sagt
    erklärte erklärt warnte warnt schrieb schreibt betonte betont meinte kritisierte forderte ergänzte fügte dijo dice
    afirmó afirma advirtió advierte señaló declaró explicó aseguró añadió agregó escribió indicó subrayó dit déclaré
    affirmé expliqué ajouté écrit déclare affirme explique ajoute estime assure сказал сказала заявил заявила отметил
    отметила сообщил сообщила добавил добавила подчеркнул подчеркнула написал написала пояснил пояснила говорит
    предупредил предупредила считает
    """
)
"""Finite forms after or before whose subject quoted words stand."""

PARTICIPLES = _set(
    """
    saying adding telling insisting warning writing tweeting posting noting arguing explaining claiming stating
    declaring asking cautioning stressing acknowledging conceding quipping joking
    """
)

DESCRIBING = _set(
    """
    called described dismissed denounced hailed praised labeled labelled branded condemned slammed blasted calling
    describing
    """
)
"""Verbs that take quoted words as what somebody calls a thing."""

HELPING = _set(
    """
    has have had also later then once often recently previously repeatedly reportedly still further again even just
    always simply earlier today yesterday separately monday tuesday wednesday thursday friday saturday sunday a hat
    habe
    """
)
"""What may stand between a subject and its verb."""

FINITE = _set(
    """
    is was are were has had have will would could can may might does did spoke met left went took made gave came got
    won lost saw found knew thought felt held kept led ran sat stood began became put sent brought fell flew drove
    """
)
"""Verbs that show that a description before them is over."""

NEGATED = _set(
    """
    not never nobody didn't didn’t doesn't doesn’t denied denies deny nicht nunca не
    """
)

ROLES = _set(
    """
    actor actress activist adviser advisor ambassador analyst anchor architect archbishop artist assistant astronaut
    astronomer attorney auditor author banker biologist bishop boss broker brother candidate captain cardinal ceo
    chair chairman chairperson chairwoman champion chancellor chef chemist chief clerk climatologist coach columnist
    comedian commander commissioner congressman congresswoman consultant coordinator coroner correspondent councilman
    councilwoman councilor councillor counsel critic curator dean defender democrat deputy designer detective
    developer diplomat director doctor economist editor engineer entrepreneur envoy epidemiologist executive expert
    farmer father fellow filmmaker firefighter forecaster founder geologist goalkeeper governor guitarist head
    historian host inspector investigator journalist judge jurist justice king lawmaker lawyer leader lecturer
    lieutenant magistrate major manager marshal mayor meteorologist midfielder minister model monarch mother musician
    negotiator neighbor neighbour novelist nurse officer official operator organizer organiser owner painter partner
    pastor patriarch pediatrician philosopher photographer physicist pilot planner player poet politician pope premier
    president priest prince princess principal producer professor programmer prosecutor protester psychologist
    publisher quarterback queen ranger rapper rector reporter representative republican researcher resident reverend
    scholar scientist secretary senator sergeant sheriff shopkeeper singer sister skipper sociologist solicitor son
    songwriter speaker spokesman spokesperson spokeswoman star strategist striker student superintendent supervisor
    surgeon surveyor survivor teacher technician tenor therapist trader trainer treasurer trustee veteran virologist
    volunteer widow wife husband witness worker writer actor-director director-general secretary-general cofounder co-
    founder co-chair vice-president critic daughter cousin uncle aunt friend colleague teammate defender guard forward
    pitcher tsar emir sultan sheikh ayatollah imam rabbi mufti bürgermeister bürgermeisterin ministerin kanzler
    kanzlerin präsident präsidentin sprecher sprecherin leiter leiterin chefin professorin trainer trainerin direktor
    direktorin innenminister außenminister finanzminister vorsitzende vorsitzender geschäftsführer geschäftsführerin
    oberbürgermeister ministra ministro presidente presidenta jefe jefa portavoz alcalde alcaldesa directora profesor
    profesora fiscal ministre président présidente porte-parole maire directeur directrice
    cfo coo cto mp administrator provost councilmember promoter legend commentator hero heroine gymnast swimmer sprinter
    министр президент директор
    глава мэр профессор губернатор депутат председатель представитель тренер
    """
)
"""What a person is or does, lower case."""

HONORIFICS = _set(
    """
    mr mrs ms miss dr prof gov govs sen sens rep reps gen lt col sgt cpl capt cmdr adm maj brig pvt pfc rev fr sir
    dame lord lady hon msgr det supt amb atty sr sra herr frau señor señora don doña monsieur madame mme mx
    """
)
ABBREVIATED = _set(
    """
    mr mrs ms dr prof gov govs sen sens rep reps gen lt col sgt cpl capt cmdr adm maj brig pvt pfc rev fr hon msgr det
    supt amb atty sr sra mme jr st dist asst
    """
)
"""Words printed with a full stop that ends no sentence."""

ORGANISATIONS = _set(
    """
    administration agency airline airlines airways army assembly association authority bank board bureau cabinet
    center centers centre centres chamber church club coalition college commission committee company congress corp
    corporation council court department federation firm force foundation front fund government group guard hospital
    house inc institute institution kremlin laboratory league ltd ministry museum network nations office organization
    organisation pentagon parliament party police press senate service services society trust union university news
    post times journal tribune media navy observatory parliament motors systems technologies industries holdings
    pharmaceuticals ministerium министерство кремль
    """
)

COLLECTIVES = _set(
    """
    agency airline army association authority bank board bureau club coalition college commission committee company
    council court department federation firm foundation government group hospital institute league ministry museum
    newspaper organization organisation party police prosecutors' retailer school union university utility
    """
)
"""Organisations that may be named by what they are: "the airline said"."""

PREPOSITIONS = _set(
    """
    of for at from to in on with by and or near under about against between behind as than like beside over into after
    before via against während von für
    """
)
CLAUSE = _set(
    """
    that if who whom which when while because where whose since until although though so but what how why is was are
    were be been will would could should may might must not did does do there here dass wenn weil que si qui что
    """
)
PARTICLES = _set(
    """
    al bin ibn abu ben de da di do dos das du del della la le el van von der den ter zu bint y e af av
    """
)
MALE = _set(
    """
    he er él il он
    """
)
FEMALE = _set(
    """
    she sie ella elle она
    """
)
UNNAMED = _set(
    """
    they it we i you someone somebody everyone nobody one many some others wir ich es
    """
)
DETERMINERS = _set(
    """
    the a an its his her their our my this that another one der die das ein eine el la los las un una le les
    """
)

NOT_NAMES = _set(
    """
    though although because until unless once even only just without among during through under over like unlike said
    says
    the a an in on at but and or so yet he she it they we i you his her its their this that these those there then
    when while as if after before for from by with to of monday tuesday wednesday thursday friday saturday sunday
    january february march may july august september october november december feb apr jun jul aug
    sept oct nov dec according asked speaking last meanwhile however still also later earlier instead what who how why
    where despite since both neither some many most all more no not one two three four five such our my your read sign
    more click watch follow photo image video advertisement related now today yesterday yes nobody everyone someone
    people q
    """
)
"""Capitalised at the start of a sentence, but no name."""

CALENDAR = _set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february july september october november december
    feb apr jun jul aug sept oct nov dec montag dienstag mittwoch donnerstag freitag samstag sonntag
    """
)
"""Capitalised words that end a name ("said Jane Doe Tuesday"); "May" and "June" may be parts of one."""

FUNCTION = (
    PREPOSITIONS
    | CLAUSE
    | HELPING
    | FINITE
    | DETERMINERS
    | NEGATED
    | _set("last this late early earlier later during told through since amid following per via also both told am")
)
"""Small words that no role begins or ends with."""

PLACES = _set(
    """
    district province county city town village island islands river lake sea ocean bay valley mountain mountains street
    avenue road square park beach airport bridge hall arbor states kingdom emirates korea america africa asia europe
    """
)
"""Last words of places' names."""

WOMEN = _set(
    """
    alice amanda amy ana andrea angela anita ann anna anne annie barbara betty brenda carla carol caroline catherine
    charlotte cheryl christina christine claire cynthia dana deborah diana diane donna dorothy elena elizabeth ellen
    emily emma eva evelyn florence gloria grace hannah heather helen iris irene isabel jacqueline jane janet jean
    jennifer jessica joan joyce judith judy julia julie karen karine katherine kathleen kathy katie kayla kelly kim
    kristen laura lauren lena linda lisa liz lorraine louise lucy madison margaret maria marie marilyn martha mary
    megan melissa michelle monica nancy natalie natasha nicole nina nora olga olivia pamela patricia paula petra
    priscilla rachel rebecca rosa rose ruth samantha sandra sara sarah sharon sheila sofia sophia stephanie susan
    suzanne teresa theresa tina tracy ursula valerie vanessa veronica victoria virginia vivian wendy yvonne zoe
    """
)
MEN = _set(
    """
    aaron adam ahmed alan albert alexander ali amadou andrew anthony anton antonio arthur ben benjamin bill bob bobby
    boris brad brandon brent brian bruce carl carlos charles chris christopher chuck colin craig daniel dave david
    dennis derek donald doug douglas edward elon emmanuel eric erik ethan frank fred gary george gerald gordon greg
    gregory harold harry henry howard hugo ian ilya ivan jack jacob james jason jeff jeffrey jeremy jerry jim jimmy
    joe joel john jon jonathan jordan jose joseph josh joshua juan justin keith ken kenneth kevin kurt kyle larry
    lawrence lee leo louis luke marcus mark martin matt matthew michael mike mitch mohammed nathan neil nicholas nick
    oliver omar oscar patrick paul peter phil philip ralph raymond richard rick riyad robert roger ron ronald roy ryan
    salim sam samuel scott sean sergei simon stephen steve steven tariq terry thomas tim timothy todd tom tony tyler
    victor vincent vladimir volodymyr walter wayne william xi yusuf
    """
)
