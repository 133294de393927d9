"""The words that stand beside a person's name, and those that make a name something else."""

import re

FAMILY = (
    r"mother|mom|mum|mommy|father|dad|daddy|step-?(?:mother|mom|father|dad|sister|brother)|parent"
    r"|sister|brother|sibling|twin|aunt(?:ie|y)?|uncle|cousin|niece|nephew|daughter|son|guardian"
    r"|grand-?(?:mother|ma|father|pa|parent)|nana|abuela|tia|caregiver|boyfriend|girlfriend|bf|gf"
    r"|friend|roommate|baby|partner|husband|wife|fiance"
)
YOUNG = (
    r"child|girl|boy|kid|teen(?:ager)?|minor|juvenile|youth|young (?:person|woman|man|lady)|client"
    r"|patient|victim|survivor|student|runaway|\d\d[ -]?(?:y/?o|year[ -]old)s?"
)
ACCUSED = r"suspect|perpetrator|perp|offender|abuser|trafficker|pimp|exploiter|defendant|buyer"
JOBS = (
    r"worker|clinician|therapist|counsell?or|nurse|teacher|coach|coordinator|director|supervisor"
    r"|officer|detective|trooper|sergeant|lieutenant|captain|chief|liaison|attorney|lawyer|ada"
    r"|prosecutor|judge|interpreter|advocate|mentor|trainer|intern|doctor|pediatrician|principal"
    r"|manager|interviewer|investigator|facilitator|landlord|neighbor|pastor|ad litem|colleague"
)
PERSON = rf"(?:{FAMILY}|{YOUNG}|{ACCUSED}|{JOBS})s?"
# In small letters; a capital stands only where a sentence may begin with the person.
IN_FRONT = re.compile(
    rf"(?:(?<![\w-])(?:(?:{PERSON})|Mom|Mother|Dad|Father|Aunt|Uncle|Grandma|Client|Guardian"
    rf"|Student"
    r"|Youth|Victim|Advocate|Nurse)(?:'s name)?(?: is|,|:| =| -| named| called)?[ ]{0,2}[\"'(]{0,2}"
    r"|(?:\bnamed?|\bcalled|\bname(?:'s| is|:)|\bknown as|\bgoes by|\b[Rr]e:)[ ]{0,2}[\"'(]{0,2}"
    r"|(?:^|\n|[.!?] )(?:Hi|Hello|Hey|Dear|Thanks|Thank you|Best|Regards|Sincerely)[,]?\s{1,3})$"
)
IN_FRONT_REACH = 45

SAYS = (
    r"said|says|told|tells|asked|asks|disclosed|reported|wants|wanted|ran|texted|texts|called|calls"
    r"|refuses|refused|disagrees|agreed|agrees|lives|lived|cried|thinks|thought|feels|felt|keeps"
    r"|kept|went|came|left|answers|needs|needed|loves|hates|misses|missed|stays|stayed|sleeps"
    r"|wrote|knows|knew|met|moved|begged|begs|promised|believes|goes|got|did|emailed|phoned"
    r"|presented|transferred|turned|starts|started|joined|retired"
)
IS = (
    r"(?:is|was)(?: (?:still|now|back|also|not))? (?:\d\d|safe|missing|pregnant|in (?:custody"
    r"|placement|care|court|foster|residential)|refusing|afraid|scared|staying|living|placed|seen"
    r"|found|interviewed|groomed|recruited|picked up|arrested|charged|hospitalized|out until)"
)
BELONGS = (
    rf"'s? (?:{PERSON}|case|family|school|phone|file|record|placement|interview|plan|team|name"
    r"|probation|attorney|home|foster|social|house|account|hearing|statement|disclosure)"
)
BEHIND = re.compile(
    rf"[\"')]{{0,2}}(?: (?:{SAYS}|{IS})\b|(?:{BELONGS})\b| ?\((?:age )?1\d\)|, (?:age )?1\d,"
    rf"|, (?:her|his|their|our|the|my|a|an) (?:\w+ )?(?:{PERSON})\b"
    r"|,? (?:family|kids|siblings|children|brothers|sisters|twins|household|boys|girls|case)\b"
    r"|, (?:LICSW|LCSW|LMHC|MSW|RN|SANE|MD|PhD|JD|Esq|NP)\b| (?:and|or) (?:her|his|their) )"
)
BEHIND_REACH = 60

TITLES = frozenset(
    "mr mrs ms miss mx dr det detective officer ofc sgt sergeant lt lieutenant capt captain "
    "trooper "
    "judge atty attorney nurse sister sr father fr rev pastor principal prof professor coach agent "
    "sheriff chief aunt auntie uncle tia tio grandma grandpa nana mom mama mommy dad señora sra "
    "sra".split()
)
# A capitalised run that holds one of these is an organisation, a place or a paper.
NOT_A_PERSON = frozenset(
    "academy act acts administration advocates agency agreement alert alliance amendment area "
    "assembly "
    "assistance association authority avenue award bank bay beach bill board bridge building "
    "bureau "
    "campus cape care cares center centers central centre chapter charter church circle city "
    "clinic "
    "club coalition code collaborative college commission committee commonwealth community company "
    "connection consortium consulting cooperative corporation corps council counseling county "
    "court "
    "courthouse courts department district division drive empowerment enforcement family families "
    "federation first force forum foundation framework fund gateway general government grant "
    "grants "
    "group guide guidelines hall harbor health healthcare heights highway hill holyoke home homes "
    "hospital hotel hotline house inc index initiative inn institute institutes international "
    "inventory island islands journal judiciary justice juvenile lab lake law laws league "
    "legislature "
    "library line llc llp ltd manual medical medicine memorial method methods ministries "
    "mission model "
    "module mount mountain museum national network of office officers oasis organization park "
    "parkway partners partnership pathways plan plaza point police policy pond port press "
    "prevention "
    "probation program programs project protocol providers psychiatry psychology public publishers "
    "rd recovery region regional registry report resource resources river road room rule safety "
    "scale "
    "school schools security senate series service services shelter shore society solutions south "
    "square st standards state station street studies study survey system systems task team "
    "technologies therapy times toolkit tower town training treatment trust union unit united "
    "university valley ventures village villages wellness west workgroup works youth zone "
    "bulletin playbook summit conference syndrome disorder assessment questionnaire "
    "checklist".split()
)
# Words behind a person's name in a law, a programme or a scale that bears it.
NAMED_AFTER = re.compile(
    r"'?s?'? (?:[Ll]aw|Act|Alert|Rule|Bill|House|Place|Home|Project|Fund|Foundation|List|Kids"
    r"|Way|Hope"
    r"|Hospital|Center|Award|Day|Test|Scale|Syndrome|[Rr]ights|[Ww]arnings?|School|Amendment"
    r"|Hotline|Vineyard|County|counties)\b"
)
PUBLIC_NAMES = frozenset(
    "jane doe,john doe,richard roe,jane roe,amber alert,miranda,polaris,take it down,stop it "
    "now,thorn,"
    "erin's law,megan's law,marsy's law,adam walsh,jacob wetterling,annie e. casey,annie casey,"
    "casey,"
    "robert wood johnson,chapin hall,chadwick,praed,abel,zoom,adobe,alexa,siri,teams,trello,canvas,"
    "baker-polito,myers-briggs,ainsworth,maslow,likert,bonferroni,cronbach,kaiser,medicaid,"
    "chromebook,"
    "merriam webster,webster,gallup,nielsen,dropbox,docusign,marriott,hilton,wendy's,"
    "mcdonald's".split(",")
)
DETERMINED = re.compile(
    r"(?:^|\s)(?:the|an?|our|your|this|that|each|every|any|no|in|by|since|until)[ ]$"
)
SAINT = re.compile(
    r"(?:St\.?|Saint|San|Santa|Fort|Ft\.|Mount|Mt\.|Lake|Port|Camp|Cape|Los|Las|El)[ ]$"
)
