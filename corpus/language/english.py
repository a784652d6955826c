"""English morphology for search: stop words, stemming, irregular forms, British and American spelling.

`stem` maps every form of a word to one key: inflections ("crushed", "fought"), and British and American spellings
("armoured", "armored"). A key is compared with other keys only; it is shown to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.language.caching import LONGEST_WORD, word_cache
from corpus.language.lazy_pattern import lazy_pattern

_STOP_WORDS = """
a about after again all almost also although always am an and another any anybody anyone anything are arent as at
away be because been before being both but by came can cannot cant come could couldnt did didnt do does doesnt doing
done dont down during each either else even ever every everybody everyone everything few for from further get gets
getting give given go goes going got had hadnt has hasnt have havent having he hed her here heres hers herself hes
him himself his how however i id if ill im in into is isnt it itd itll its itself ive just know let lets like ll
many may maybe me might mine more most much must my myself never no nobody none nor not nothing now of off often oh
on once one only onto or other others ought our ours ourselves out over own perhaps please put quite rather re
really said same say says shall shant she shed shes should shouldnt since so some somebody someone something still
such take tell than that thatd thats the their theirs them themselves then there theres these they theyd theyll
theyre theyve thing things this those though through thus till to too toward towards under until up upon us ve very
want was wasnt way we wed well went were werent weve what whats when whenever where wheres whether which while who
whom whos whose why will with within without wont would wouldnt yes yet you youd youll your youre yours yourself
yourselves youve
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

_MANY_SMALL = 5  # of so many words of running text one, at least, is a stop word
_IRREGULAR = """
arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began begun; bend bent;
bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought; build
built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung; creep crept; deal dealt; dig dug;
draw drew drawn; dream dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed;
feel felt; fight fought; find found; flee fled; fly flew flown; forbid forbade forbidden; forget forgot forgotten;
forgive forgave forgiven; freeze froze frozen; grow grew grown; hang hung; hear heard; hide hid hidden; hold held;
keep kept; kneel knelt; lead led; lean leant; leap leapt; learn learnt; lend lent; light lit; lose lost; make made;
mean meant; meet met; mislead misled; overcome overcame; overthrow overthrew overthrown; pay paid; prove proven;
ride rode ridden; ring rang rung; rise rose risen; run ran; see saw seen; seek sought; sell sold; send sent; shake
shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat;
sleep slept; speak spoke spoken; spell spelt; spend spent; spring sprang sprung; stand stood; steal stole stolen;
stick stuck; strike struck stricken; swear swore sworn; sweep swept; swim swam swum; swing swung; teach taught; tear
tore torn; think thought; throw threw thrown; understand understood; wake woke woken; wear wore worn; weave wove
woven; weep wept; win won; withdraw withdrew withdrawn; write wrote written; child children; foot feet; man men;
mouse mice; tooth teeth; woman women; axe ax; gray grey; practice practise; among amongst; while whilst; aging
ageing; cozy cosy; maneuver manoeuvre manoeuvres manoeuvred manoeuvring; crisis crises; thesis theses
"""  # first the word itself, then its forms
_BEGINNINGS = """
plough plow; gaol jail; mould mold; smoulder smolder; sceptic skeptic; moustach mustach; enquir
inquir; artefact artifact; despatch dispatch; connexion connection; waggon wagon; draught draft; judgement judgment;
acknowledgement acknowledgment; skilful skillful; wilful willful; encyclopaed encycloped; mediaeval medieval;
archaeo archeo; czar tsar; tzar tsar
"""  # British or old, then American
_AMERICAN_BEGINNINGS = dict(pair.split() for pair in _BEGINNINGS.split(";"))
_BRITISH_BEGINNINGS = tuple(_AMERICAN_BEGINNINGS)
_APART_WORDS = """
authority authorities; executive executives; murderous murderously; officer officers; position positions positioned;
deserter deserters; capitalism capitalist capitalists; important importantly importance; majority majorities; minority
minorities; organize organized organizes organizing organization organizations organizer organizers; experiment
experiments experimented; generally; paste pasted; effective effectively
"""  # words that the stemmer makes one with others, such as author, office, positive, desert, capital and import
KEPT_APART = {form: lemma for lemma, *forms in map(str.split, _APART_WORDS.split(";")) for form in (lemma, *forms)}
"""Words that share a key with their own forms alone, each with that key."""
_LEMMAS = {form: lemma for lemma, *forms in map(str.split, _IRREGULAR.split(";")) for form in forms}

_SPELLINGS = (
    (r"(?<=[a-z]{3})our(?=$|s$|ed|ing|er|able|ite|less|ful|al$|y$|ist|hood)", "or"),
    (r"(?<=[a-z]{3})is(?=e[drs]?$|ers$|ing$|ations?$)", "iz"),
    (r"(?<=[a-z]l)ys(?=e[drs]?$|ers$|ing$)", "yz"),
    (r"^((?:kilo)?met|cent|theat|lit|fib|calib|sab|spect|somb|lust|meag)re(?=s?$)", r"\1er"),
    (r"^(cent|lust)red$", r"\1ered"),
    (r"^((?:cata|dia|ana|mono|pro|epi|ideo)log|demagog|pedagog|synagog)ue(?=s?$)", r"\1"),
    (r"^(program)me(?=s?$)", r"\1"),
    (r"(?<=[aeiouy])([^aeiouy]+[aeiou])ll(?=ed$|ings?$|ers?$|ors?$)", r"\1l"),
    (r"^(def|off|pret|lic)enc(?=e|i)", r"\1ens"),
    (r"^(after|back|down|for|home|in|out|up|east|west)wards$", r"\1ward"),
)  # British, then American
_AMERICAN = tuple((lazy_pattern(british), american) for british, american in _SPELLINGS)
_SOME_BRITISH = lazy_pattern("|".join(british for british, _ in _SPELLINGS))

_DERIVING = (
    "ism", "ist", "ity", "ive", "ion", "ful", "less", "ness", "ment", "ship", "hood", "ous", "er", "or", "al", "ic",
    "ent", "ant", "ence", "ance", "able", "ible",
)  # fmt: skip
"""Endings that make another word of a word."""


@word_cache(50_000)
def american(word: str) -> str:
    """A folded word in American spelling, where its British spelling differs by rule."""
    if len(word) > LONGEST_WORD:
        return word
    if _SOME_BRITISH.search(word):
        for british, replacement in _AMERICAN:
            word = british.sub(replacement, word)
    if word.startswith(_BRITISH_BEGINNINGS):
        beginning = next(one for one in _BRITISH_BEGINNINGS if word.startswith(one))
        return _AMERICAN_BEGINNINGS[beginning] + word.removeprefix(beginning)
    return word


@word_cache(50_000)
def stem(word: str) -> str:
    """The stem of a folded word: one key for all its inflections and spellings."""
    if len(word) > LONGEST_WORD:
        return word
    if (kept := KEPT_APART.get(american(word))) is not None:
        return kept
    # Loaded at the first word, for it is 0.7 MB.
    import Stemmer  # type: ignore[import-not-found]  # it is compiled and ships no types

    # A stemmer keeps state while it works: one for each call, so that threads cannot meet in it.
    base = american(_LEMMAS.get(word, word))
    key: str = Stemmer.Stemmer("english").stemWord(base)
    return key + _derivation(base, key)


def root(key: str) -> str:
    """What a stem has in common with those of other words of its family: author of authority."""
    return key.partition("0")[0]


def _derivation(word: str, key: str) -> str:
    """The ending that makes another word, if the stemmer took it off: an officer is no office."""
    singular = re.sub(r"ies$", "y", word.removesuffix("ly")).removesuffix("s")
    endings = (ending for ending in _DERIVING if singular.endswith(ending))
    return next((f"0{ending}" for ending in endings if len(key) <= len(singular) - len(ending)), "")


def looks_english(words: Iterable[str]) -> bool:
    """Whether folded words are running text in English: a fifth of them, at least, are small English words."""
    every = list(words)
    return bool(every) and _MANY_SMALL * sum(word in STOP_WORDS for word in every) >= len(every)
