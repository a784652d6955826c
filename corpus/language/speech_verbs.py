"""Verbs of speech, as patterns: “Trotsky said”, “Lenin schrieb”, “did he claim”."""

from __future__ import annotations

from corpus.language.alternation import any_of, phrases

SPEECH_VERBS = phrases("""
said, says, saying, wrote, writes, told, tells, argued, argues, declared, declares, claims, claimed, put, puts,
exclaims, exclaimed, warns, warned, stated, states, remarks, remarked, noted, notes, asks, asked, replied, replies,
adds, added, spoke, speaking, shouts, shouted, reports, reported, announced, announces, proclaims, proclaimed, quips,
quipped, observed, observes, insists, insisted, cried, answered, tweeted,
sagte, sagt, schrieb, schreibt, erklärte, meint, meinte, rief, fragte, betont, betonte, behauptet, behauptete,
antwortet, antwortete, erwiderte, entgegnete,
a dit, disait, dit, a écrit, écrit, écrivait, a déclaré, déclara, affirme, affirma,
a répondu, répond, répondit, dijo, respondió, escribió, scrisse, ha detto, disse, rispose,
сказал, сказала, говорил, говорила, говорит, писал, писала, написал, написала, пишет, заявил, заявила, утверждал,
утверждала, отметил, отметила, воскликнул, воскликнула, ответил, ответила, возразил, возразила
""")  # English, German, French, Spanish and Italian, Russian: the languages in which people most often paste quotations
ORAL_VERBS = phrases("""
said, says, saying, say, told, tells, tell, declared, declares, declare, exclaims, exclaimed, spoke, speaking, shouts,
shouted, announced, announces, proclaims, proclaimed, cried, answered, tweeted
""")
SPEECH_INFINITIVES = phrases("say, write, tell, ask, call, claim, argue, declare")
QUOTING_VERBS = phrases("""
quote, quotes, quoted, quoting, cite, cites, cited, citing, zitiert, zitierte, citait, цитирует, цитировал, цитировала
""")
OPINION_VERBS = phrases("think, thinks, thought, believe, believes, believed")
_OTHER_REPORTING_VERBS = phrases("""
suppose, supposes, supposed, imagine, imagines, imagined, hope, hopes, hoped, fear, fears, feared,
insist, maintain, maintains, maintained, conclude, concludes, concluded, promise, promises, promised, predict, predicts,
predicted, suggest, suggests, suggested, admit, admits, admitted, explain, explains, explained
""")
DENYING_VERBS = phrases(
    "deny, denies, denied, doubt, doubts, doubted, refute, refutes, refuted, dispute, disputes, disputed"
)
REPORTING_VERBS = (*SPEECH_VERBS, *OPINION_VERBS, *_OTHER_REPORTING_VERBS)
ADVERBS = phrases("once, also, famously, really, actually, ever, reportedly, allegedly, supposedly, apparently, later")

SPEECH_VERB = any_of(SPEECH_VERBS)
"""A pattern for a verb beside a name: “Trotsky said”."""
SPEECH_INFINITIVE = any_of(SPEECH_INFINITIVES)
"""A pattern for a verb in a question: “did Trotsky say”."""
ORAL_VERB = any_of(ORAL_VERBS)
"""A pattern for a verb whose words are spoken, and not in a book."""
QUOTING_VERB = any_of(QUOTING_VERBS)
"""A pattern for a verb before the name of who is quoted: “Lenin quotes Trotsky”."""
OPINION_VERB = any_of(OPINION_VERBS)
REPORTING_VERB = any_of(REPORTING_VERBS)
"""A pattern for a verb before “that”: “Trotsky said that”, “he promises that”."""
DENYING_VERB = any_of(DENYING_VERBS)
"""The same of one with which somebody says that it is not so: “Trotsky denied that”."""
ADVERB = any_of(ADVERBS)
"""A pattern for a word between a name and a verb: “Trotsky once said”."""
