"""Made-up identifiers by kind. The part between [[ and ]] is what the screen must mark.

Phones are 555-01xx, mail is at example.org, numbers of persons were never issued.
"""

SSN = """
SSN [[000-12-3456]]
her social is [[987-65-4320]]
soc sec no. [[000 12 3456]]
[[987.65.4321]] was on the form
SSN: [[000123456]]
social security number is [[987654322]]
the last four of his SSN: [[4320]]
ssn ending in [[3456]]
[[xxx-xx-4320]] on the referral
[[***-**-3456]]
SSN [[000–12–3456]]
SSN [[０００-１２-３４５６]]
[[666-12-3456]] (SSN)
""".strip().splitlines()

DOB = """
DOB [[04/12/2010]]
DOB: [[4/12/10]]
d.o.b: [[apr 12 10]]
D.O.B. [[4-12-2010]]
d. o. b. [[4.12.2010]]
date of birth [[2010-04-12]]
Date of Birth: [[April 12, 2010]]
born [[12 April 2010]]
she was born on [[April 12th, 2010]]
born on the [[12th of April 2010]]
her birthday is [[April 12]]
birthday [[4/12]]
bday [[4/12/10]]
birth date [[4 12 2010]]
birthdate=[[20100412]]
DOB [[04122010]]
dob [[041210]]
Jane (b. [[4/12/2010]])
the older one, b. [[12-Apr-2010]]
nacida el [[12 de abril de 2010]]
nació el [[12/04/2010]]
fecha de nacimiento: [[12-04-2010]]
data de nascimento [[12 de março de 2011]]
DOB [[04/12/2010]] and sister [[5/6/2012]]
[[04/12/2010]] (DOB)
[[April 12, 2010]] is her birthday
DOB [[04–12–2010]]
DOB [[０４/１２/２０１０]]
DOB [[04/12/2010]] on the form
she turned 15 on [[April 12]]
turns 16 on [[4/12/2026]]
born [[April 2010]]
born on the [[twelfth of April, 2010]]
the child, [[4/12/2010]], was seen
girl ([[04-12-2010]])
15 yo female [[4/12/2010]]
age 15, [[4/12/2010]]
[[4/12/2010]], age 15
[[4/12/2010]] female
DOB_[[04-12-2010]].pdf
""".strip().splitlines()

CASE_NUMBER = """
51A #[[1234567]]
51A report [[1234567]] was screened in
intake number [[12345678]]
intake no. [[12345678]]
intake ID: [[12345678]]
DCF case [[123456]]
DCF #[[987654]]
case no. [[AB-123456]]
Case number: [[2026-00123]]
case numbers [[123456]] and [[123457]]
docket [[2377CR00123]]
No. [[1234CV00567]]
Docket No. [[23-1234]]
dockets [[2377CR00123]], [[2377CR00124]]
juvenile matter [[23DL0123]]
[[23CP0456ES]]
[[2377-CR-00123]]
[[ESCR2023-00123]]
federal matter [[1:23-cr-10123]]
indictment [[2023-10012]]
MRN [[00123456]]
MRN#[[00123456]]
M.R.N. [[123456]]
medical record [[123456]]
Medical record number is [[12-34-56]]
patient ID [[8812345]]
incident #[[23-4567]]
incident [[23-4567]]
police report [[2023-001234]]
report no. [[2023-1234]]
arrest report # [[23-456-AR]]
CAD [[2300012345]]
NCMEC report [[12345678]]
CyberTip [[123456789]]
MassHealth ID [[100012345678]]
student ID [[1012345]]
SASID [[1012345678]]
driver's license number [[S12345678]]
passport [[A1234567]]
warrant [[2377WP000123]]
file no. [[45678]]
docket no [[23–1234]]
intake [[１２３４５６７８]]
""".strip().splitlines()

PLATE = """
plate [[123 ABC]]
plate: [[1ABC23]]
plate no. [[3XY Z45]]
license plate [[123AB4]]
MA reg [[1ABC23]]
reg. [[12AB34]]
registration [[ABC 123]]
Mass plate [[4KX 123]]
plate number is [[ABC-1234]]
tag [[ABC123]]
a gray sedan, [[1ABC23]]
plate [[1abc23]]
partial plate [[123 AB]]
""".strip().splitlines()

IP = """
IP [[192.0.2.44]]
from [[203.0.113.7]]:443
login at [[198.51.100.12]].
[[2001:db8::8a2e:370:7334]]
[[2001:0db8:85a3:0000:0000:8a2e:0370:7334]] was logged
""".strip().splitlines()
