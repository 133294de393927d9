"""More ways in which people in a hurry write how somebody is reached or recognised."""

PLATE = """
three cars seen at the motel: [[1LKR93]], a NY one
he drives [[3WGK 80]] and parks outside
her registration was [[EV 443K]]
a white van [[2YTV48]]
black Altima, [[6FT-918]]
dark Civic w/ [[7XW 219]]
MA tags [[4LD 771]]
NH plate [[412 3398]]
NH plate [[4123398]]
RI plate [[AB-123]]
RI reg [[1AB 234]]
CT plate [[AB 12345]]
CT plate is [[AB·12345]]
a NY plate, [[KTR-4471]]
NY [[KTR 4471]] on the Sentra
VT tag [[HKD 412]]
Maine plate [[4412 XY]]
plate number from RI is [[EV 443]]
lic plate [[72XG15]]
LP [[72XG15]]
license plate: [[72XG15]]
plate # [[72 XG 15]]
plate (MA) [[1LKR93]]
plates [[1LKR93]] and [[4KX 123]]
got in a grey Camry [[1lkr93]]
the uber was [[8ZTN21]]
parked across the street, [[55KL31]]
plate starts with [[4LD]]
partial plate starting [[7X]]
plate ending in [[771]]
vanity plate [[BIGDAWG]]
plate says "[[LUVBUG]]"
VIN [[1HGCM82633A004352]]
it is an uber, the tag read [[8ZTN21]]
temp plate [[1234567]]
placa [[3WGK80]]
NH plates [[4471 820]] or [[PLAYA1]]
""".strip().splitlines()
IP = """
my ip is [[10.0.14.6]]
[[203.0.113.9]]:8443 once
[[203.0.113.x]] range
[[203.0.113[.]47]] in the log
[[203[.]0[.]113[.]47]]
IP: [[203 dot 0 dot 113 dot 47]]
[[2001:db8::4f:11]]
[[fe80::1ff:fe23:4567:890a]]
MAC [[00:1B:44:11:3A:B7]]
mac address [[00-1b-44-11-3a-b7]]
[[001b.4411.3ab7]] on the router
IMEI [[490154203237518]]
IMEI: [[49-015420-323751-8]]
device id [[3F2504E0-4F89-41D3-9A0C-0305E82C3301]]
serial number [[C02XG2JHQ05D]]
phone serial no. [[F2LX41KPJCLF]]
""".strip().splitlines()

HANDLE = """
can you get me the kids snap > its [[ggkayla.xo]]
her insta is [[@kayla_mont3iro]]
[[lamontnotlamar]] on discord
her 2nd acct is [[josie_not_jo]] on tiktok
he is [[bigdre]] on insta, [[bigdre508]] on snap
add her: [[kayla.xo]]
add me [[kayla_xo]]
dm'd by [[king_dre508]]
messaged by a user [[kingdre508]] last week
snap: [[kaylab2010]]
snap [[kaylab2010]]
sc: [[kaylab]]
ig= [[kayla.b]]
IG - [[kayla.b]]
ig's [[kaylab10]]
insta ([[kaylab10]])
[[kaylab10]] (snap)
[[kaylabx]] (snap)
[[kaylaxo_]] / insta
her finsta is [[notkayla]]
finsta: [[notkayla_b]]
her spam account [[kaylaspam.xx]]
alt account is [[kayla_alt2]]
posts as [[prettyk10]] on tiktok
goes by [[prettyk10]] on ig
goes by [[prettyk]] on insta
on roblox under [[xXkaylaXx]]
roblox: [[xXkaylaXx]]
gamertag [[toxic_dre]]
gamertag: [[Toxic Dre 508]]
his gamertag is [[ToxicDre508]]
Xbox name: [[Toxic Dre 99]]
PSN: [[toxicdre]]
PSN id [[toxic-dre_9]]
discord [[dre#4471]]
discord: [[dre #4471]]
[[dre.ttv#0042]] added her
discord tag is [[dre4471]]
telegram [[@dre_plug]]
cashapp [[$bigdre508]]
send it to [[$bigdre]]
venmo @[[dre-barros]]
venmo [[dre-barros-2]]
[[https://www.snapchat.com/add/kaylab2010]]
[[tiktok.com/@kaylab]]
[[t.me/dreplug]]
[[linktr.ee/kaylab]]
[[discord.gg/a8kDe]]
[[onlyfans.com/kaylab]]
snapchat account named "[[kaylabb]]"
tiktok account "[[kaylabb]]"
tinder profile [[dre508]]
username on the app was [[sweetk_15]]
screen name: [[sweetk]]
screenname [[sweetk15]]
kik user [[sweetk15]]
talking to [[daddy_dre]] online
tiktok [[@.mariah.x3]]
""".strip().splitlines()

PHONE = """
cell [[857.555.0119]]
her # is [[9785550171]]
[[(617)555-0111]] after 4
[[(978) 555-0136 x12]]
[[978-555-0136 ext 12]]
[[978-555-0136 #12]]
[[978 555-0136 ext.12]]
[[+1 (978) 555-0136]]
[[001 978 555 0136]]
[[555-0136]] is the house
it was [[555-0136]], i think
her number ends in [[0136]]
the last four of her cell are [[0136]]
phone ending [[0136]]
[[617-555-01xx]]
whatsapp [[+55 33 95555-0136]]
whatsapp [[(33) 95555-0136]]
[[+502 5555 0136]]
[[00502 5555 0136]]
[[+33 6 12 34 56 78]]
[[six one seven five five five zero one three six]]
[[six one seven 555 0136]]
[[617 five five five 0136]]
tel. [[617/555/0136]]
[[617*555*0136]]
[[6 1 7 5 5 5 0 1 3 6]]
[[6-1-7-5-5-5-0-1-3-6]]
[[617.555.0136]]/[[617.555.0137]]
text me [[617 5550136]]
google voice [[617-555-0136]]
caller id [[617-555-0136]]
""".strip().splitlines()

EMAIL = """
[[kaylab10 at gmail]]
[[kaylab10 at gmail.com]]
[[kaylab10 at gmail dot com]]
[[kayla.b (at) gmail.com]]
[[kayla.b[at]gmail[dot]com]]
[[kaylab AT gmail DOT com]]
[[kayla.b@gmail]]
[[kaylab10 @gmail.com]]
[[kaylab10@ gmail.com]]
gmail: [[kayla.b10]]
her gmail is [[kaylab10]]
[[27kbarros@student.lowell.example]]
[[kayla{at}example{dot}org]]
[[kayla_at_gmail.com]]
""".strip().splitlines()

ADDRESS = """
[[19R Porter St]]
[[number 19, corner of Porter and Wyman]]
the [[corner of Porter and Wyman]]
[[corner of Main St and 2nd Ave]]
stays at [[Main and Elm]]
[[intersection of Broadway and Elm]]
[[77 Pearl Street Extension, 2nd floor rear]]
[[5 Nonotuck Ter., Apt. 11]]
[[1160 Main St Apt 4C]]
[[8 Cato Ln]]
[[31 Hollis Court, Unit B]]
[[PO Box 88]]
[[P.O. Box 88, Apt 2]]
[[POB 88]]
mail goes to [[Box 88]]
[[RR 2 Box 118]]
[[RR2, Box 118]]
[[Rural Route 4, Box 12]]
lives at [[number 12]]
lives at [[no. 12 Elm]]
lives at [[12 whittier]]
she lives in [[apt 3B]]
staying in [[unit 12]] with the cousin
the Motel 6, [[room 118]]
[[room 118]] at the Days Inn
[[Rm 214]] of the motel
[[1470 Iyannough Road, Rm 118]]
[[Elm St #12]]
[[Elm Street, number 12]]
[[#12 Elm Street]]
[[22 Elm, 2nd floor]]
[[22 Elm, apt 3]]
[[building 4, apt 12]]
[[Bldg 4 Apt 12]], Mission Main
[[3rd floor of 22 Elm St]]
vive en la [[calle Sol 45]]
[[Calle 12 #34]]
[[calle Duarte no. 45]]
[[rua das Flores, 45]]
[[Rua Sete de Setembro 45]]
[[avenida Brasil 450]]
[[Av. Independencia 12]]
[[42.63341, -71.31617]]
[[218 Elm St, Apt 2L]]
[[12 elm st apt 2]] lynn
[[44 Whittier Ter]]
[[44 Bluff Cove]]
[[9 Fox Hollow]]
""".strip().splitlines()
