"""Tables that the dates of newspapers are read by: months, weekdays, zones.

Zone abbreviations: RFC 5322, section 4.3, for the North American ones, and the IANA time zone database
(the abbreviations its zones use today) for the others. An abbreviation that places hours apart use stands
in AMBIGUOUS instead. Month names: Unicode CLDR, the "wide" and "abbreviated" forms a date is written with.
"""

from collections.abc import Mapping
from types import MappingProxyType

from generator.core.paths import fold

_ZONES = """
Z 0 UT 0 UTC 0 GMT 0 WET 0 WEST 60 BST 60 CET 60 CEST 120 MEZ 60 MESZ 120 EET 120 EEST 180 MSK 180
TRT 180 WAT 60 CAT 120 SAST 120 EAT 180 PKT 300 NPT 345 MMT 390 ICT 420 WIB 420 WITA 480 WIT 540
HKT 480 SGT 480 MYT 480 PHT 480 AWST 480 KST 540 JST 540 ACST 570 ACDT 630 AEST 600 AEDT 660
NZST 720 NZDT 780 NST -210 NDT -150 EST -300 EDT -240 CDT -300 MST -420 MDT -360 PST -480 PDT -420
AKST -540 AKDT -480 HST -600 BRT -180 ART -180 UYT -180 CLT -240 CLST -180 COT -300 PET -300 VET -240
"""
_parts = _ZONES.split()
OFFSETS: Mapping[str, int] = MappingProxyType(
    {name: int(minutes) for name, minutes in zip(_parts[::2], _parts[1::2], strict=True)}
)
"""Zone abbreviation → minutes east of Greenwich."""

AMBIGUOUS: Mapping[str, str] = MappingProxyType(
    {
        "CST": "UTC−6 in North America, UTC+8 in China, UTC−5 in Cuba",
        "IST": "UTC+5:30 in India, UTC+1 in Ireland, UTC+2 in Israel",
        "IDT": "UTC+3 in Israel",
        "AST": "UTC−4 on the Atlantic, UTC+3 in Arabia",
        "ADT": "UTC−3 on the Atlantic, UTC+4 in Arabia",
        "GST": "UTC+4 in the Gulf, UTC−2 in South Georgia",
        "SST": "UTC−11 in Samoa, UTC+8 in Singapore",
        "AMT": "UTC−4 on the Amazon, UTC+4 in Armenia",
        "ECT": "UTC−5 in Ecuador, UTC−4 in the Caribbean",
        "BDT": "UTC+6 in Bangladesh, UTC+8 in Brunei",
        "WST": "UTC+8 in Western Australia, UTC+13 in Samoa",
    }
)
"""Zone abbreviation → what it stands for, in the words of a hint."""

REGIONS: Mapping[str, str] = MappingProxyType(
    {
        "ET": "America/New_York",
        "CT": "America/Chicago",
        "MT": "America/Denver",
        "PT": "America/Los_Angeles",
        "AET": "Australia/Sydney",
        "BEIJING TIME": "Asia/Shanghai",
        "HONG KONG TIME": "Asia/Hong_Kong",
        "LONDON TIME": "Europe/London",
        "UK TIME": "Europe/London",
        "MOSCOW TIME": "Europe/Moscow",
        "EASTERN TIME": "America/New_York",
        "CENTRAL TIME": "America/Chicago",
        "MOUNTAIN TIME": "America/Denver",
        "PACIFIC TIME": "America/Los_Angeles",
    }
)
"""A zone's name that covers summer and winter → its IANA name."""

_MONTHS = (
    "january jan janvier janv januar jänner enero ene janeiro januari gennaio gen styczeń stycznia января "
    "січня ocak ledna leden siječnja januára ianuarie tammikuuta jaanuar sausio janúar gener január "
    "januarie януари ιανουαρίου ιαν",
    "february feb février févr fev februar febrero fevereiro februari febbraio luty lutego февраля лютого "
    "şubat února únor veljače februára februarie helmikuuta veebruar vasario febrúar febrer február "
    "февруари φεβρουαρίου φεβ",
    "march mar mars märz mrz marzo março maart mrt marca marzec марта березня mart března březen ožujka "
    "martie maret marts maaliskuuta märts kovo març március март μαρτίου μαρ",
    "april apr avril avr abril abr aprile kwietnia kwiecień апреля квітня nisan dubna duben travnja "
    "aprila apríla aprilie huhtikuuta aprill balandžio apríl április април απριλίου απρ",
    "may mai mayo maio maggio mag mei maj maja мая травня mayıs května květen svibnja mája toukokuuta "
    "gegužės maí maig május май μαΐου μάι",
    "june jun juin juni junio junho giugno giu czerwca czerwiec июня червня haziran června červen lipnja "
    "juna júna iunie kesäkuuta juuni birželio júní juny junie június юни ιουνίου ιουν",
    "july jul juillet juil juli julio julho luglio lug lipca lipiec июля липня temmuz července červenec "
    "srpnja jula júla iulie heinäkuuta juuli liepos júlí juliol julie július julai юли ιουλίου ιουλ",
    "august aug août agosto ago augustus augusti sierpnia sierpień августа серпня ağustos srpna srpen "
    "kolovoza avgusta avgust agustus elokuuta rugpjūčio ágúst agost augusztus ogos август αυγούστου αυγ",
    "september sep sept septembre septiembre setembro set settembre września wrzesień сентября вересня "
    "eylül září rujna septembra septembar septembrie syyskuuta rugsėjo setembre szeptember септември "
    "σεπτεμβρίου σεπ",
    "october oct octobre oktober okt octubre outubro out ottobre ott października październik октября "
    "жовтня ekim října říjen oktobra októbra oktobar octombrie lokakuuta oktoober spalio október октомври "
    "οκτωβρίου οκτ",
    "november nov novembre noviembre novembro listopada listopad ноября листопада kasım listopadu "
    "studenoga novembra novembar noiembrie marraskuuta lapkričio nóvember ноември νοεμβρίου νοε",
    "december dec décembre déc dezember dez diciembre dic dezembro dicembre desember grudnia grudzień "
    "декабря грудня aralık prosince prosinec prosinca decembra decembar decembrie joulukuuta detsember "
    "gruodžio desembre disember декември δεκεμβρίου δεκ",
)
MONTHS: Mapping[str, int] = MappingProxyType(
    {fold(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
)
"""Folded name or abbreviation of a month → 1 to 12."""

_WEEKDAYS = (
    "monday mon lundi montag lunes lunedì maandag måndag mandag segunda-feira poniedziałek понедельник "
    "pondělí hétfő pazartesi luni ponedjeljak senin δευτέρα понеделник maanantaina pondelok понеділок "
    "dilluns",
    "tuesday tue tues mardi dienstag martes martedì dinsdag tisdag tirsdag terça-feira wtorek вторник "
    "úterý kedd salı marți utorak selasa τρίτη tiistaina utorok вівторок dimarts",
    "wednesday wed mercredi mittwoch miércoles mercoledì woensdag onsdag quarta-feira środa среда středa "
    "szerda çarşamba miercuri srijeda rabu τετάρτη сряда keskiviikkona streda середа dimecres",
    "thursday thu thur thurs jeudi donnerstag jueves giovedì donderdag torsdag quinta-feira czwartek "
    "четверг čtvrtek csütörtök perşembe joi četvrtak kamis πέμπτη четвъртък torstaina štvrtok четвер "
    "dijous",
    "friday fri vendredi freitag viernes venerdì vrijdag fredag sexta-feira piątek пятница pátek péntek "
    "cuma vineri petak jumat παρασκευή петък perjantaina piatok п’ятниця divendres",
    "saturday sat samedi samstag sonnabend sábado sabato zaterdag lördag lørdag sobota суббота szombat "
    "cumartesi sâmbătă subota sabtu σάββατο събота lauantaina субота dissabte",
    "sunday sun dimanche sonntag domingo domenica zondag söndag søndag niedziela воскресенье neděle "
    "vasárnap pazar duminică nedjelja minggu κυριακή неделя sunnuntaina nedeľa неділя diumenge",
)
WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {fold(name): number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
)
"""Folded name or abbreviation of a weekday → 0 (Monday) to 6."""

FILLERS = frozenset(
    (
        "on", "at", "the", "of", "time", "le", "la", "les", "el", "de", "del", "den", "der", "am", "um",
        "uhr", "a", "à", "il", "das", "dem", "o’clock", "oclock", "hrs", "hours", "h", "kl", "klo",
        "alle", "às", "as", "i", "r", "г", "р", "m", "d", "în", "v", "у", "в",
    )
)  # fmt: skip
"""Words that stand in a date without saying anything of it, folded."""

NOON = frozenset({"noon", "midday", "mittag", "midi"})
MIDNIGHT = frozenset({"midnight", "mitternacht", "minuit"})
