"""Negations: words that turn round what is said, in the languages that people add texts in."""

from __future__ import annotations

_NEGATIONS = """
aint arent barely cannot cant couldnt didnt doesnt dont hadnt hardly hasnt havent isnt mustnt neednt neither never no
nobody none nor not nothing nowhere scarcely shant shouldnt unless wasnt werent without wont wouldnt

kein keine keinem keinen keiner keines keinerlei keineswegs nicht nichts nie niemals niemand niemandem niemanden
nirgends ohne weder geen niet niets nooit zonder

aucun aucune jamais ne ni nul nulle pas rien sans jamas nada nadie ningun ninguna ninguno nunca tampoco
mai ne neanche nessun nessuna nessuno niente non nulla senza nao nem nenhum nenhuma ninguem

без не нет нигде никогда никого никому никто ни ничего ничто нельзя ні ніколи ніхто нічого nie nigdy nikt degil yok

不 没 沒 无 無 非 未 别 別 لا لم لن ليس ليست לא אין
"""
NEGATIONS = frozenset(_NEGATIONS.split())
"""Folded. A Spanish “sin” is not among them: English has it, too, and it means something else."""
EXCLUDING = NEGATIONS | {"but", "except"}
"""Words that make a name mean anybody else: “not Trotsky”."""
