"""Made-up identifiers that reach somebody: phones, mail, addresses, accounts."""

PHONE = """
[[(508) 555-0142]]
[[(508)555-0142]]
[[508-555-0142]]
[[508.555.0142]]
[[508 555 0142]]
[[5085550142]]
[[508/555-0142]]
[[508-5550142]]
[[508 - 555 - 0142]]
[[+1 508 555 0142]]
[[+1 (508) 555-0142]]
[[+15085550142]]
[[1-508-555-0142]]
[[1.508.555.0142]]
[[508-555-0142 x12]]
[[508-555-0142, ext. 4]]
[[(508) 555-0142 extension 12]]
call [[555-0142]]
his cell is [[555-0142]]
text her at [[555 0142]]
[[555-0142]] (cell)
her number is [[555-0142]]
phone: [[5550142]]
[[+55 11 95555-0142]]
[[+44 20 7946 0958]]
whatsapp [[5511955550142]]
[[508\u00a0555\u00a00142]]
[[508–555–0142]]
[[５０８-５５５-０１４２]]
[[508‑555‑0142]]
[[five oh eight five five five zero one four two]]
call mom [[(617) 555-0142]] today
""".strip().splitlines()

EMAIL = """
[[jane.doe@example.org]]
write to [[j_doe+help@mail.example.com]].
<[[JANE@EXAMPLE.ORG]]>
mailto:[[jane@example.org]]
[[jane (at) example (dot) org]]
[[jane[at]example.org]]
[[jane at example dot org]]
[[jane @ example.org]]
[[jane＠example.org]]
[[josé@example.org]]
her school mail [[27doe@students.example.edu]]
""".strip().splitlines()

ADDRESS = """
[[12 Main St]]
[[1400 Hancock Street Apt 3]]
[[P.O. Box 12]]
[[PO Box 4410]]
[[42 Elm Ave.]], Lynn
[[12 main st]]
she stays at [[12 main street]] with an aunt
[[7 Maple Court]], Lynn
[[230 Broadway]]
[[15 N. Main St., Unit 4B]]
[[100 Martin Luther King Jr Blvd]]
[[350 5th Ave]]
[[12A Oak Road]]
[[12-14 Oak Rd]]
[[5 Old Colony Way]]
lives at [[7 maple court apt 2]]
lives at [[12 Elm]]
she lives on [[Elm Street]] now
[[18 1/2 Elm Street]]
the Motel 6 at [[65 Newbury St]]
[[1400 Route 9]]
[[8 St. James Ave #3]]
[[Twelve Elm Street]]
[[12 O'Brien Highway]]
picked up at [[31 birch drive]]
[[99 Court Street, 2nd floor]]
[[12\u00a0Main\u00a0St]]
[[10 State Street]]
""".strip().splitlines()

HANDLE = """
[[@jane_doe99]]
she posts as [[@notarealname]] there
([[@jane.d]])
IG: [[jane_d]]
IG: [[janedoe]]
insta [[name_1]]
on roblox she is [[ksmith_x22]]
she goes by [[janed99]] on tiktok
username [[janed99]]
reddit [[u/janed99]]
her instagram is [[janed99]]
snap: [[jd_2010]]
snapchat username [[janedoe]]
Snapchat name: [[jane.d10]]
discord [[moon#1234]]
[[moonlight#0042]] on a server
tiktok [[@jane.dances]]
TikTok handle [[janedances7]]
kik: [[jd.2010]]
cashapp [[$janedoe]]
[[https://www.instagram.com/jane_d99]]/
[[instagram.com/jane_d99]]
[[https://www.tiktok.com/@jane.dances]]
[[facebook.com/jane.doe.99]]
[[https://www.facebook.com/profile.php?id=100001234567890]]
[[snapchat.com/add/janed99]]
[[https://x.com/jane_d99]]
username: [[jane_d99]]
roblox user [[xXjane99Xx]]
telegram [[@janed99]]
""".strip().splitlines()
