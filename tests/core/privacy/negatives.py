"""Ordinary text of requests, guidance and settings: nothing in it may be marked."""

HELP_LINES = """
In an emergency call 911.
DCF Child-at-Risk Hotline: 1-800-792-5200, 24 hours
National Human Trafficking Hotline 1-888-373-7888; text 233733; TRS 711
NCMEC CyberTipline 1-800-843-5678
Call or text 988; for Spanish press 2.
MA Behavioral Health Help Line 833-773-2445 (call or text)
Mobile crisis 1-877-382-1609
Crisis Text Line: text HOME to 741741
LINK-KID referral line, 1-855-LINK-KID
Call 1 (800) 792-5200 at once.
1.888.373.7888 answers day and night
toll-free 855-555-0142
A report to DCF goes to 1-800-792-5200, then in writing.
call 18007925200
""".strip().splitlines()

LAW = """
c. 119, §51A asks for an oral report at once, in writing within 48 hours
A 51A is filed by any mandated reporter.
the 51A and 51B process, page 12
34 USC 12291(b)(2) and 28 CFR 94.115
110 CMR 4.50 and 110 CMR 4.54
H.233 and S.112 would codify the centers
St. 2011 c. 178 took effect in 2012
St. 2024 c. 118, signed 20 Jun 2024
OMB 1121-0243 and OMB No. 1121-0243
ALN 93.643 and CFDA 16.575
section 39K gives a right to an advocate
c. 265 §50(b) and c. 119 §39L
2 CFR 200.334: keep records three years
201 CMR 17.03 and 17.04
45 CFR 164.512(b)(1)(ii)
Pub. L. 113-183 and P.L. 110-457
DCF Policy 2016-002 on missing youth
budget line 4510-1000
HHS OIG 2022 found gaps
The docket is public in Superior Court.
""".strip().splitlines()

DATES = """
a meeting on 4/12/2026
by June 30, 2026
The next session is Tue 24 Nov 2026 at 9:30.
from 10/1/2025 to 9/30/2026
Renewal by birthday since 10/2020
Do not enter a date of birth. The meeting is on 4/12/2026.
the child interview training on 3/12/2024
Child abuse conference, 3/24/2025
youth mentoring since 2/3/2021
Supporting LGBTQ youth, 3/14/2025
FY27, FFY2026, SFY 2025-26
the 2023 edition, reviewed 2024-01-15
signed Nov 2011, in effect Feb 2012
We were founded in 1998.
The team met 1/8, 2/12 and 3/11.
9:00-10:30 on 5/6
School year 2025-2026
remove all birth dates before 6/30/2026
""".strip().splitlines()

FIGURES = """
room 214
14 hours of CSEC training
12 CACs cover 14 counties
modules F01 to F13, then F04 again
Request TA-27-0042 is answered.
TA-27-0042 and TA-26-0107
$12,500 for interpreters, $1,200.50 for printing
01101, 02139 and 01902
Springfield, MA 01101
4,262 people trained (+116%)
840 minutes, 50 of them on the law
156 outreach activities in FY23
A budget of 250000 dollars
Attendance was 12, 14 and 19.
ages 12-17, grades 6 to 12
score 80/100, 3 of 5 tries
version 1.2.3.4 of the protocol
v2.10.0.1 and release 8.0.1.2
see section 4.2.1.3
about 27% went pending
a 1:4 ratio, 35+ partners
ISBN 978-1-4338-0000-1
45 minutes x 6 sessions = 270
the 90-minute refresher, 2 per county
case load 1200, report 2023
""".strip().splitlines()

PROSE = """
5 Steps Way of working
a 24 hour drive
3 Court dates this month
10 State Police troopers took part
12 Juvenile Court clerks joined
two-lane road closed
a 12 month road map
40 people did street outreach
Module 3 Pathway to trust
Instagram: what parents should know
TikTok and Snapchat safety basics
Discord: safety basics for caregivers
SNAP: food benefits
How should we talk about Instagram in 2026?
the plate of sandwiches cost $40
registration 100 open seats
tag 12 resources as new
The IG of HHS wrote a report.
Your user name is required.
name: please enter the name of the module
@media print { color: black }
.card { @include shadow; } @import "site"
doors open @ 9:30, lunch @12
the call is at 10; text us the agenda
We reached 300 people.
contact hours: 8 in 2 years
St. Mary's hosts 12 members
20 Google Drive folders
1 St. Patrick parade
Which drive should the 3 teams take?
Lynn, Quincy, Fall River and Springfield
DCF area office, Springfield 01101
License renewal every 2 years, 30 hours
std::vector<int> a; b::c
10:30:45 is the time stamp
https://www.mass.gov/info-details/report-child-abuse
https://doi.org/10.1016/j.chiabu.2020.104567
https://www.youtube.com/watch?v=abc
https://www.facebook.com/help/ and instagram.com/p/
Two Way Street: a podcast
""".strip().splitlines()

HURRIED = """
grant 2022-V2-GX-0048 and packet GR-2025-0077-C, rev. B
award 2020-MU-0613, RFR BD-25-1031-OCA-0004
invoice 1044718 and purchase order no. 204588213
EIN 042718828, DUNS number 123456789
Zoom meeting ID 84512345678, passcode 448120
social work, social media and social services 4471
mental, emotional, social. 2019 was the year
the last four years, 2019 to 2022
the gift card ending in 4471
the card ends in 8841
error code ERR-4092 on Chrome 126.0.6478.127
the file is called logo_v7_final
save it as report_draft2.docx on the server
we drove 38 miles on Route 24, exit 12B
car seats cost $140, the van seats 12
the van needs CMR 540 papers
a plate of food for 30 people
the standard of 3/1/2012 for children
children were seen under the policy of 6/30/2014
the youth program began on 9/12/2016
youth who aged out before June 30, 2025
services for youth aging out of care
turn 16 pages a day
building 4 has 12 rooms
stays at 45 percent
she lives in Lynn and Salem
mail it in box form, 20 pages
one two three testing
look at gmail or outlook
follow covid19 rules on the app
content on tiktok, videos on instagram
section 51A, module F27, room 3B
a draft from May 2018, version 4.1
reports 12,345 a year
$250,000 for new centers
""".strip().splitlines()

ALL = [*HURRIED, *HELP_LINES, *LAW, *DATES, *FIGURES, *PROSE]
