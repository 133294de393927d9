"""More ways in which people in a hurry write what identifies somebody: numbers and dates."""

SSN = """
the last four of the social, [[7730]], were read out
last 4 of her social which are [[6158]]
wants the kids social, she gave me last 4 which are [[6158]]
we gave the social over the phone, it ends in [[4471]]
it ends in [[4471]], that is all I have of his social
social ending [[4471]]
soc [[028 66 1947]]
soc # [[028-66-1947]]
soc: [[3092]]
soc ends in [[3092]]
SS# [[028661947]]
SS number [[028-66-1947]]
ss: [[028 66 1947]]
s.s.n. [[028.66.1947]]
[[028/66/1947]] is on the sheet
social sec num [[028661947]]
[[223847716]] was in the box
I nearly sent you [[223847716]] by mistake
mom's social is [[0 2 8 6 6 1 9 4 7]]
full social: [[028 661947]]
[[xxxxx3092]] on the W-9
[[XXX-XX-3092]]
[[***-**-3092]]
[[###-##-3092]]
[[•••-••-3092]]
[[028-66-xxxx]] is what the school has
the SSN starts with [[028]]
the first five of his SSN are [[028-66]]
[[4471]] are the last four of her SSN
[[4471]] (last 4 of the SSN)
last four digits [[4471]]
SSN (last 4): [[4471]]
SSN on file is [[4471]]
ssn last four [[4471]]
numero de seguro social [[028-66-1947]]
ITIN [[912-71-0033]]
he gave his social, [[028-66-1947]], at the desk
"SSN","[[028661947]]"
""".strip().splitlines()

DOB = """
Lamont, [[9/9/09]], from the other list
Keisha Rawlins [[3/14/09]]
Keisha ([[3.14.09]]) and her aunt
Vang, Pa Kou | [[2009-05-27]] | Fitchburg
Yadiel | F | [[14 March 2009]] | Lowell
the kid is Zion Fairweather, [[08-19-2011]]. Was that ok?
R.J. [[1/9/10]] moved
R.J., [[1-9-10]], moved
tyrese [[3/14/09]] and jaylynn [[5/2/10]]
| 12 | [[03/14/2009]] | Lynn |
Destiny (15) [[3/14/11]]
Oluwaseun: [[2010-11-02]]
her date is [[6.30.08]] i think
the girl from lynn is [[3-14-09]]
born [[14MAR2009]]
born [[14-Mar-09]]
b. [[14 March 2009]]
the oldest, b: [[3/14/09]]
Kayla (b [[3/14/09]])
bday is [[mar 14]]
b-day [[3/14]]
b/day: [[3/14/09]]
b-date [[3/14/09]]
birth day [[March 14th]]
birthday's on the [[14th of March]]
her 16th birthday is [[4/12]]
turns 16 on [[2/3]]
turning 18 on [[March 3rd]]
hits 18 on [[3/14/27]]
becomes 18 on [[14 March 2027]]
she will be 16 on [[4/12]]
he'll be 18 on [[June 3]]
she ages out on [[4/12/2027]]
he is aging out of care on [[12/3]]
aged out of DCF on [[3/14/2026]]
d-o-b [[3/14/09]]
DOB:[[3.14.09]]
DOB - [[14 Mar 2009]]
DOB [[2009/03/14]]
DOB [[20090314]]
dob is [[03 14 2009]]
DoB = [[3/14/'09]]
D.O.B [[14.03.2009]]
dob is [[march of 09]], the [[14th of march]]
f. nac. [[14/03/2009]]
cumple: [[14 de marzo]]
nasc. [[14/03/2009]]
né le [[14/03/2009]]
née le [[14 March 2009]]
the [[5th of May 2011]] is her birthday
[[3/14/09]] (15) is on the list
sweet sixteen is [[April 12]]
b. [[2010]]
she was born in [[2011]]
""".strip().splitlines()

CASE_NUMBER = """
they write the referral number like [[ES-24-0061]]
referral [[24-00613]]
referral #[[4471882]]
intake [[4471882]]
intake: [[4471882]]
the 51A is [[10077345]]
51A filed on Monday, [[10077345]]
it was [[10077345]] on the letter
ID [[W118402]]
inmate ID [[W118402]]
inmate [[W118402]] joins by video
inmate no. [[W-118402]]
commitment number [[W118402]]
SID [[MA10238841]]
FBI no [[123456AB1]]
FBI # [[441882KC4]]
PCF [[0048213]]
OBTN [[TBOS202400123]]
[[23 CR 0045]]
[[2411CR001234]]
[[JV-2024-118]]
[[24 CP 0308 NB]]
[[24CP0093BR]]
[[2244JV0076]]
docket [[1234-JV-0056]]
docket no.: [[24-JV-118]]
[[ES24P0123GD]]
[[MICR2024-00456]]
docket ending in [[0045]]
their case [[CT-88-20315]]
DCF case [[01-447120]]
case # [[447120]]
CASE NO [[447120]]
case no:[[447120]]
our case number is [[BC-24-0092]]
MDT case ID [[24-0092]]
FN# [[2024-118820]]
family net [[118820]]
MRN [[00482213]]
mrn:[[482213]]
chart no. [[00482213]]
hospital record [[0048221]]
patient number [[00482213]]
SASID [[1045882213]]
student number [[204588]]
student id# [[204588]]
school ID: [[204588]]
state ID [[S44718820]]
license [[S44718820]]
[[S44718820]] is on the copy
A-number [[A204 588 213]]
A# [[204588213]]
[[A204588213]] on her papers
USCIS [[A204588213]]
passport no. [[FA204588]]
209A [[2407RO0219]]
restraining order [[2407RO0219]]
CRA [[2407JV00219]]
complaint [[2024-00415]]
police report [[24-1182-OF]]
incident no [[24001182]]
BPD incident [[242011820]]
report [[184420917]]
report #: [[24-001182]]
CAD # [[24-118820]]
booking number [[202400118]]
warrant no. [[2411WR000123]]
MassHealth [[100045882213]]
MassHealth # [[100045882213]]
EBT [[6008750012345678]]
client ID [[C-204588]]
expediente [[204588]]
processo no [[204588]]
matter no. [[24-0118]]
their number is [[KC-0044-821]]
Linh  Dorchester  [[0447-18823]]
""".strip().splitlines()
