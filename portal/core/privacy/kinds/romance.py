"""Spanish, Portuguese and Haitian Creole words for a record, a plate, a birth, a phone, a home.

Accents are gone when this is read: "prontuário" is "prontuario", "nº" is "no". Asked about.
"""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Setting, asks, small
from portal.core.privacy.kinds import addresses, births, dates, phones, plates, records

SMALL_WORDS = (
    r"(?:(?:no|nro|num|numero|nimewo|id|do|da|de|del|la|el|o|a|se|es|e|is|li|l|m|nan|ki|su|sua|seu"
    r"|caso|case|menor|nina|nino|menina|menino|paciente|hospital|clinico|clinica|medico|medica|dela"
    r"|dele|carro|auto|coche|machin|machin\snan|van|mama|mae|manman|casa|policial|polis|registro"
    r"|identidade|identidad|conducir|motorista|madre|padre|pai|papa|tia|tio|matant|tonton|nova"
    r"|nuevo"
    r"|foi|era|fue|te|lopital|social|terminan?|acaba[mn]?|fini|en|em|con|com|ak|empieza|comeca)\b\.?[\s:#]{0,3})"
)
GAP = rf"[\s:#(=]{{1,3}}{SMALL_WORDS}{{0,5}}"
RECORDS = (
    r"(?:prontuario|expediente|historia(?:l)?\sclinic[oa]|historial|dosye|dosier|carteira|carne"
    r"|cedula"
    r"|identidade|identidad|rg|cpf|cnh|dni|curp|nss|folio|boletim|processo|proceso|caso|ka|acta"
    r"|reporte|rapo"
    r"|relatorio|informe|pasaporte|passaporte|paspo|kat\s(?:idantite|elektoral|masshealth)|nif"
    r"|licencia"
    r"|licens|lisans|habilitacao|matricula|causa|tarjeta|cartao|seguro|protocolo|denuncia|queixa"
    r"|plent"
    r"|beneficio|cuenta|conta|kont|ficha|fich)"
)
RECORD = small(
    rf"{LEFT}{RECORDS}{GAP}(?P<id>(?:[a-z]{{1,4}}[ -]?)?\d{{1,12}}(?:[ ./-]\d{{1,10}}){{0,4}}"
    rf"(?:-[a-z\d]{{1,2}})?){RIGHT}(?![-/%,.]\d|\s?(?:%|anos|paginas|casos|horas|dolares|pessoas"
    rf"|personas))"
)
PLATE = small(
    rf"{LEFT}(?:placas?|chapa|matricula|tablilla|patente|plak|emplacamento|plat){GAP}"
    rf"(?P<id>(?=[a-z]{{0,4}}[ .-]?\d)[a-z\d]{{1,7}}(?:[ .-][a-z\d]{{2,5}})?){RIGHT}(?![-/%,.]\d)"
)
BORN = (
    r"(?:nasc|nac|nasceu|nascid[oa]|nacid[oa]|nacio|nascimento|nacimiento|natalicio|aniversario"
    r"|anivese(?:r)?|nesans|fet|ne|cumpleanos|cumple|faz\sanos|dt\.?\snasc|f\.?d\.?n|f\.?\snac"
    r"|d\.?\snasc)"
)
DATE = dates.ANY.pattern.replace(dates.BEGINS, r"(?=[\dadefjmnost])")
BIRTH = small(
    rf"{LEFT}{BORN}\b[.:\s(=]{{1,3}}(?:(?:em|en|no|dia|el|le|nan|jou|de|do|da|e|es|se|li|l|ela"
    rf"|ele|dela"
    r"|dele|foi|fue|era|kap|ap|anos|\d\d(?=\sanos)|:)[\s:]{1,2}){0,4}"
    rf"(?P<id>{DATE})"
)
PHONE = small(
    rf"{LEFT}(?:telefono|telefone|telefon|fone|tel|celular|cel|selile|selila|movil|zap"
    rf"|whats(?:app)?|numero"
    rf"|nimewo|contato|contacto){GAP}(?P<id>\+?\(?\d(?:[ ().-]{{0,2}}\d){{6,13}}){RIGHT}(?!-\d)"
)
STREET = (
    r"(?:calle|rua|ri|rue|avenida|avni|avenue|av\.?|r\.|c/|travessa|callejon|wout|estrada"
    r"|carretera)"
)
HOME = small(
    rf"{LEFT}(?:domicilio|domiciliad[oa]|direccion|endereco|adres|residencia|reside|residente"
    rf"|vive|viven"
    r"|vivo|mora|moram|moro|rete|abita|kay(?:\sli)?|casa)[\s:,]{1,3}"
    r"(?:(?:es|e|se|li|l|del?|da|do|dela|dele|la|el|o|a|na|no|en|em|nan|yo|familia|mama|mae|fica"
    r"|esta"
    r"|queda|sou|sur)\s){0,4}"
    rf"(?P<id>{STREET}\s(?:\w{{2,15}}[\s,]{{1,2}}){{1,4}}?(?:\#\s?|no?\.?\s|numero\s"
    rf"|nimewo\s)?\d{{1,5}}"
    rf"|\d{{1,5}},?\s{STREET}\s\w{{3,15}}){RIGHT}"
)
WORDY = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|24")


def _is_record(match: re.Match[str], setting: Setting) -> bool:
    said = match["id"]
    if WORDY.fullmatch(said) or records.NOT_A_RECORD.fullmatch(said):
        return False
    return sum(map(str.isdigit, said)) >= 4 or (said[0].isalpha() and len(said) > 4)


def _is_plate(match: re.Match[str], setting: Setting) -> bool:
    said = match["id"]
    mixed = re.search("[a-z]", said) is not None and sum(map(str.isdigit, said)) > 1
    return (mixed or re.fullmatch(r"\d[\d ]{3,7}", said) is not None) and not WORDY.fullmatch(said)


DETECTORS: tuple[Detector, ...] = (
    asks("case_number", records.MESSAGE, RECORD, _is_record),
    asks(
        "plate",
        plates.MESSAGE,
        PLATE,
        _is_plate,
        needs=tuple("plac chapa matric tabl patente plak emplac plat".split()),
    ),
    asks(
        "dob",
        births.MESSAGE,
        BIRTH,
        needs=(
            "nac",
            "nas",
            "nesans",
            "anivers",
            "cumple",
            "fet ",
            "ne ",
            "anos",
            "f.d",
            "fdn",
            "natal",
        ),
    ),
    asks(
        "phone",
        phones.MESSAGE,
        PHONE,
        needs=tuple("tel fon cel sel movil zap whats num nimewo contat".split()),
    ),
    asks(
        "address",
        addresses.MESSAGE,
        HOME,
        needs=(
            "domic",
            "direcc",
            "ender",
            "adres",
            "resid",
            "viv",
            "mor",
            "rete",
            "abita",
            "kay",
            "casa",
        ),
    ),
)
