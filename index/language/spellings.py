"""Names that rules cannot join: families of spellings of one word, and what acronyms and old names stand for.

Data for `index/question/spelling_variants.py` alone. A family holds spellings of the same name, never two names that
merely look alike.
"""

from __future__ import annotations

FAMILIES = """
abdullah abdallah abdulla abdoullah
ahmed ahmad achmed
aleksandr alexander alexandr aleksander
aleksei alexei alexey aleksey alexej
baghdadi bagdadi
beijing peking
bengaluru bangalore
chechnya chechenia tschetschenien
chennai madras
crimea krim krym
darfur darfour
dnipro dnepr dniepr dnieper
donbas donbass
erdogan erdoghan
fyodor fedor feodor
gaddafi qaddafi quaddafi kadafi kaddafi gadhafi qadhafi gaddhafi gathafi khadafi kadhafi qadafi
gorbachev gorbachov gorbatschow gorbatchev gorbachyov
grozny grosny groznyy
hezbollah hizbullah hizbollah hizballah hezballah
homs hims
houthi huthi houthis huthis
hussein hussain husayn husain husein houssein hoseyn hossein
idlib edlib
jakarta djakarta
jamal gamal djamal
jihad dschihad djihad
karachi karatschi
karadzic karadjic
kazakhstan kasachstan kazachstan
khamenei khamenai chamenei
kharkiv kharkov charkiw charkow
khartoum khartum chartum
khomeini chomeini
khrushchev khrushchov chruschtschow
kiev kyiv kiew kyyiv
kirghizia kyrgyzstan kirgistan kirgisistan kirghizstan
kobani kobane
kolkata calcutta
koran quran coran
latakia lattakia latakiyah
luhansk lugansk
lukashenko lukashenka lukaschenko
lviv lvov lemberg lwow
mikhail michail
milosevic milosevich miloschewitsch
mohammed muhammad mohamed mohammad muhammed mohamad
mosul mossul
mumbai bombay
muslim moslem
mykolaiv nikolaev nikolayev
navalny nawalny navalnyy
nikolai nikolay nikolaj
odesa odessa
osama usama oussama
omar umar
peshmerga peschmerga
poroshenko poroschenko
putin poutine
pyongyang pjoengjang
qaeda qaida kaida qaidah
qatar katar
raqqa rakka raqqah
rohingya rohinja
rouhani ruhani rohani
sergei sergey serguei sergej
serhiy serhii sergiy
shia shiite schiite
shiites schiiten
saudi saoudi
sevastopol sewastopol
shoigu schoigu shoygu
solzhenitsyn solschenizyn
suleimani soleimani sulaymani
taliban taleban
tashkent taschkent
tehran teheran
timoshenko tymoshenko timoschenko
tolstoy tolstoi
tsar czar zar
uighur uyghur uigur uygur uighurs
uzbekistan usbekistan
vladimir wladimir
volodymyr wolodymyr
xinjiang sinkiang
yanukovych yanukovich janukowitsch ianukovych
yangon rangoon rangun
yeltsin jelzin eltsin
yemen jemen
yevgeny evgeny yevgeni evgeniy yevgeniy jewgeni evgeni
youssef yusuf yousef yusef youssouf
yulia julia yuliya iulia yuliia
yuri yury iouri juri yuriy yurii
zaporizhzhia zaporozhye zaporizhia zaporizhzhya saporischschja
zelensky zelenskyy zelenskiy zelenski selenskyj selenski
zimbabwe simbabwe
"""

ALIASES = (
    ("U.S.", "United States"),
    ("U.K.", "United Kingdom", "Britain"),
    ("U.N.", "United Nations"),
    ("E.U.", "European Union"),
    ("U.A.E.", "United Arab Emirates", "Emirates"),
    ("ISIS", "ISIL", "Islamic State", "Daesh"),
    ("WHO", "World Health Organization", "World Health Organisation"),
    ("NATO", "North Atlantic Treaty Organization"),
    ("IMF", "International Monetary Fund"),
    ("IAEA", "International Atomic Energy Agency"),
    ("ICC", "International Criminal Court"),
    ("FBI", "Federal Bureau of Investigation"),
    ("CIA", "Central Intelligence Agency"),
    ("NSA", "National Security Agency"),
    ("EPA", "Environmental Protection Agency"),
    ("FDA", "Food and Drug Administration"),
    ("CDC", "Centers for Disease Control"),
    ("FEMA", "Federal Emergency Management Agency"),
    ("NHS", "National Health Service"),
    ("AU", "African Union"),
    ("OPEC", "Organization of the Petroleum Exporting Countries"),
    ("OSCE", "Organization for Security and Cooperation in Europe"),
    ("MSF", "Doctors Without Borders", "Medecins Sans Frontieres"),
    ("GOP", "Republican Party"),
    ("DPRK", "North Korea"),
    ("PKK", "Kurdistan Workers Party"),
    ("FARC", "Revolutionary Armed Forces of Colombia"),
    ("PLO", "Palestine Liberation Organization"),
    ("Burma", "Myanmar"),
    ("Turkey", "Turkiye"),
    ("Ivory Coast", "Cote d'Ivoire"),
    ("East Timor", "Timor Leste"),
    ("Cape Verde", "Cabo Verde"),
    ("Swaziland", "Eswatini"),
    ("Czech Republic", "Czechia"),
    ("DRC", "DR Congo", "Democratic Republic of Congo", "Democratic Republic of the Congo"),
    ("Saigon", "Ho Chi Minh City"),
    ("L.A.", "Los Angeles"),
    ("N.Y.", "New York"),
    ("D.C.", "Washington"),
    ("EE.UU.", "EEUU", "Estados Unidos"),
    ("ONU", "Naciones Unidas"),
    ("UE", "Unión Europea"),
    ("OTAN", "Organización del Tratado del Atlántico Norte"),
    ("OMS", "Organización Mundial de la Salud"),
    ("Vereinigte Staaten", "USA"),
    ("Vereinte Nationen", "UN", "UNO"),
    ("Weltgesundheitsorganisation", "WHO"),
    ("США", "Соединенные Штаты"),
    ("ООН", "Организация Объединенных Наций"),
    ("ЕС", "Евросоюз", "Европейский союз"),
    ("ИГИЛ", "Исламское государство"),
)
