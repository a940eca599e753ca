"""Two events told by several agencies, and a third of the second's matter."""

FIRE = """Storbrann i trevarefabrikk i Mosvik

Tre personer er sendt til sykehus etter at en trevarefabrikk i Mosvik tok fyr natt til tirsdag.

Brannvesenet fikk melding klokken 02.40, og 60 mannskaper jobber på stedet.

– Vi regner bygget som tapt, sier brannsjef Torhild Skarland.

Rundt 120 naboer er evakuert. (NTB)
"""
FIRE_DA = """Storbrand på trævarefabrik i norske Mosvik

Tre personer er kørt på hospitalet, efter at en trævarefabrik i Mosvik i Norge brød
i brand natten til tirsdag.

Brandvæsenet fik alarmen klokken 02.40, og 60 brandfolk arbejder på stedet.

- Vi regner bygningen for tabt, siger brandchef Torhild Skarland.

Omkring 120 naboer er evakueret.

/ritzau/
"""
FIRE_SV = """Storbrand i träfabrik i norska Mosvik

Tre personer har förts till sjukhus sedan en träfabrik i Mosvik i Norge började
brinna natten till tisdagen.

Larmet kom klockan 02.40 och 60 brandmän arbetar på platsen.

– Vi räknar byggnaden som förlorad, säger brandchefen Torhild Skarland.

Omkring 120 grannar har evakuerats. (TT)
"""
RATE = """Latvian central bank raises key rate to 4.25 percent

Latvia's central bank unexpectedly raised its key rate by 0.5 points to 4.25 percent.

Governor Ilze Kalnberga announced the decision in Riga on Thursday.

"Inflation of 7.8 percent leaves us no choice," Kalnberga said. (Reuters)
"""
RATE_SV = """Lettlands centralbank höjer räntan till 4,25 procent

Lettlands centralbank höjer oväntat styrräntan med 0,5 enheter till 4,25 procent.

Det meddelade centralbankschefen Ilze Kalnberga i Riga på torsdagen.

– Inflationen på 7,8 procent ger oss inget val, säger Kalnberga. (TT)
"""
LATER_RATE = """Latvian central bank keeps key rate at 4.25 percent

Latvia's central bank left its key rate unchanged at 4.25 percent on Monday, a month
after raising it.

Governor Ilze Kalnberga announced the decision in Riga.

"Inflation has slowed to 6.9 percent," Kalnberga said. (Reuters)
"""
LATER_RATE_RETOLD = """Riga: bank keeps key rate at 4.25 percent

Latvia's central bank decided on no change of its key rate at 4.25 percent on Monday.

Kalnberga, the governor, said so on Monday in the capital.

"Inflation has slowed to 6.9 percent," Kalnberga said. (Reuters)
"""
