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
    r"|(?:\bnamed?|\bcalled|\bname(?:'s| is|:|\?)|\b(?:sur|last |first |nick)name"
    r"|\bknown as|\bgoes by|\b[Rr]e:)[ ]{0,2}[\"'(]{0,2}"
    r"|(?:^|\n|[.!?] )(?:Hi|Hello|Hey|Dear)[,]?[ ]{1,3}"
    r"|(?:^|\n|[.!?] )(?:Thanks|Thank you|Best|Regards|Sincerely|Warmly)[,]?\s{1,3}"
    r"|(?:^|\n)(?:best|thanks|thank you|thx|regards|cheers|warmly),?[ ]?\n\s{0,3})$"
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
# "Faith has been", where the text has named a Faith Delacroix.
GOES_ON = re.compile(rf"(?:'s)? (?:{SAYS}|is|was|has|had|will|can|does|would|could|should|and I)\b")

TITLES = frozenset(
    "mr mrs ms miss mx dr det detective officer ofc sgt sergeant lt lieutenant capt captain "
    "trooper "
    "judge atty attorney nurse sister sr father fr rev pastor principal prof professor coach agent "
    "clerk magistrate deputy marshal constable superintendent commissioner senator chaplain rabbi "
    "deacon bishop imam sheriff chief aunt auntie uncle tia tio grandma grandpa nana mom mama "
    "mommy dad señora sra "
    "sra".split()
)
# A capitalised run that holds one of these is an organisation, a place or a paper.
NOT_A_PERSON = frozenset(
    "academy act acts army administration advocates agency agreement alert alliance amendment area "
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
    "salon ballroom auditorium lobby wing terminal pavilion gym troop farms "
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
    "mckinney-vento,baker-polito,myers-briggs,ainsworth,maslow,likert,bonferroni,cronbach,kaiser,medicaid,"
    "chromebook,"
    "flesch-kincaid,flesch,patriots day,forest hills,cumberland farms,juv f,juv m,"
    "merriam webster,webster,gallup,nielsen,dropbox,docusign,marriott,hilton,wendy's,"
    "mcdonald's".split(",")
)
DETERMINED = re.compile(
    r"(?:^|\s)(?:the|an?|our|your|this|that|each|every|any|no|in|by|since|until)[ ]$"
)
# Capitals that are nobody's name: peoples and languages, cars, platforms, and words of ours.
PROPER_WORDS = frozenset(
    "accord acura sienna odyssey sentra malibu impala elantra sonata jetta highlander tahoe "
    "equinox afghan african airbnb albanian algerian altima american arab arabic "
    "armenian asian audi auditor auditors handout handouts "
    "bengali bmw bosnian brazilian british buick bumble burmese cadillac "
    "cambodian camry cantonese caribbean cashapp chatgpt chevrolet chevy chinese civic "
    "colombian congolese corolla cuban cybertip cybertipline dari discord dodge dominican "
    "dutch ecuadorian egyptian english eritrean ethiopian european facebook farsi filipino "
    "ford french german ghanaian gmail google greek grindr guatemalan gujarati haitian hebrew "
    "hindi hinge hispanic hmong honda honduran hyundai indian indonesian infiniti insta "
    "instagram iranian iraqi irish israeli italian jamaican japanese jeep jewish kenyan khmer "
    "kia kik korean kurdish lao laotian lastly latina latino latinx lebanese lexus liberian "
    "lyft maay mandarin mazda mercedes messenger mexican moroccan muslim nepali nigerian "
    "nissan omegle onlyfans outlook pakistani palestinian pashto persian peruvian pinterest "
    "polish portuguese punjabi quechua rav4 reddit roblox russian rwandan salvadoran scottish "
    "senegalese sharepoint skype snap snapchat somali spanish subaru sudanese swahili swedish "
    "syrian tagalog taiwanese telegram tesla thai threads tibetan tigrinya tiktok tinder "
    "toisanese toyota tumblr turkish twi twitch twitter uber ugandan ukrainian urdu uzbek "
    "venezuelan venmo vietnamese volkswagen volvo vsco wechat whatsapp wizz wolof yoruba "
    "youtube yubo "
    # labels of forms and letters
    "fwd veh loc susp vict poss attn encl appt addr subj narr disp rptg init obs juv lic oln "
    "fyi tel "
    "txt msg acct ext req qty misc approx est avg warmly username conf rm weds thurs tues "
    "deadline parking mileage sponsor subscriber landlord printer transit handler comm comcast "
    "verizon "
    # whom and what people write of in capitals at the head of a sentence
    "esq rpt packet packets florist grandmother grandfather grandparents stepmother stepfather"
    " flyer flyers voicemail transcript inbox spreadsheet dispatcher paramedic receptionist janitor"
    " barista bouncer cashier waitress housekeeper stepdad stepmom supp "
    # machines
    "dell latitude lenovo thinkpad thinkcentre elitebook probook macbook surface ipad iphone "
    "galaxy "
    "samsung motorola logitech epson canon ricoh xerox konica cisco webex jabra polycom optiplex "
    "inspiron epic "
    # words of other languages
    "ela mae ola gracias obrigada obrigado bom boa buenas buenos hola bonjou mesi kriolu kreyol "
    "senhora senhor voce".split()
)
# "in the grey Sienna": a car.
COLOR = re.compile(r"\b(?:grey|gray|white|black|blue|red|silver|green|tan|gold|brown|maroon)[ ]$")
# Behind a word in no list that opens a sentence: somebody speaks, is spoken to, or does something.
OPENING = re.compile(
    r"(?: (?:(?:is|was|has|had|would|could|does|did|should)(?:n'?t)?|will|can|may|might"
    r"|spent|began|wants|says"
    r"|never|always|also|just)\b"
    r"|, (?:can|could|would|will|do|did|are|have|please|you|I)\b|: [\"A-Z])"
)
# One name joins another: "Usamov and Bowers", "Romi, Erik".
JOINED_BEFORE = re.compile(r"([A-Z][\w'-]+)(?:,| and| or| &|, and) $")
JOINED_BEHIND = re.compile(r"(?:,| and| or| &|, and) ([A-Z][\w'-]+)")
SAINT = re.compile(
    r"(?:St\.?|Saint|San|Santa|Fort|Ft\.|Mount|Mt\.|Lake|Port|Camp|Cape|Los|Las|El)[ ]$"
)
