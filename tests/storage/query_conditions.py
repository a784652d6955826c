"""What each query of the store finds, leaves alone, and takes first: tables for tests/storage/test_conditions.py."""

from __future__ import annotations

from bot.storage.session import Query
from tests.storage.sample_rows import AT, Rows
from tests.storage.test_queries import BY_NAME

FAILED: Rows = {"deliveries.state": "failed"}
SENT: Rows = {
    "deliveries.state": "sent",
    "deliveries.open_at": None,
    "deliveries.unsure_from_at": None,
    "fact_counts": None,
}
CLAIMED: Rows = {"deliveries.state": "claimed"}
UNOWNED: Rows = {"deliveries.owner": None}
PAUSED: Rows = {"schedules.state": "paused", "schedules.reason": "gone", "schedules.told_at": None}
ASKING: Rows = {"rounds.due_at": AT + 9_999, "rounds.shown": 0}
RUNNING_OUT: Rows = ASKING | {"rounds.shown": 1, "rounds.shown_at": AT - 1, "rounds.closes_at": AT + 999_999}
TOLD: Rows = {"schedules.told_at": AT}
OVER: Rows = {"rounds.state": "over"}
UNNEEDED: Rows = {"cards": None, "round_questions": None, "attempts": None}
RIGHT: Rows = {"attempts.is_right": 1, "round_answers.is_right": 1}
WRONG: Rows = {"attempts.is_right": 0, "round_answers.is_right": 0}
LATER: Rows = {"since": 2, "number": AT + 9}
NO_SERVER: Rows = {"rounds.server": ""}
NO_SHELF: Rows = {"made_question_shelves": None}
ANOTHER_SHELF: Rows = {"made_question_shelves.server": "other"}
EVERYBODYS_SHELF: Rows = {"made_question_shelves": {"platform": "", "server": ""}}
BESIDE: Rows = {"id": "two", "channel": "guild-hall", "person": "discord:guild-1"}
QUALIFIED: Rows = {"person": "discord:guild-"}
FITS: dict[str, tuple[Rows, Rows]] = {
    "cards.coming": ({"cards.due_at": AT + 9}, {"tomorrow": AT}),
    "cards.count_met": ({"cards.met_in_review": 1}, {}),
    "cards.counts": ({}, {"tomorrow": AT + 1}),
    "cards.due": ({}, {"tomorrow": AT + 1}),
    "cards.known": ({"made_questions": None}, {}),
    "cards.missed": ({"cards.missed": 1, "cards.due_at": AT + 9}, {}),
    "departures._check_schedules": (PAUSED | {"schedules.reason": "left"}, {}),
    "departures.servers_of": ({"departures": None}, {}),
    "deliveries._take_over": (FAILED | UNOWNED, {}),
    "deliveries._facts_of_day": ({}, {"day": "2026-11-22"}),
    "deliveries._facts_posted": (SENT, {}),
    "deliveries.note_try": (CLAIMED, {}),
    "deliveries.release": (CLAIMED, {}),
    "deliveries.renew": (CLAIMED, {}),
    "deliveries.reopen": (FAILED, {}),
    "deliveries.settle": (CLAIMED, {"outcome": "sent"}),
    "deliveries.skip_retries": (FAILED | {"deliveries.unsure_from_at": None}, {}),
    "learning._channel_standings": ({}, {"since": 20_000}),
    "learning._server_standings": ({}, {"since": 20_000}),
    "learning.last_answer_at": ({}, {"before": AT + 1}),
    "learning.rate": (RIGHT | {"attempts.on_card": 1}, {}),
    "library._remove_oldest_numberings": ({}, {"kept": 0}),
    **{f"made_questions._forget_{what}": (NO_SHELF, {}) for what in ("asked", "reports", "reviews", "questions")},
    **{f"made_questions._forget_{what} of another shelf": (ANOTHER_SHELF, {}) for what in ("asked", "reports")},
    "privacy._quiz_schedules": ({}, {"identifier": "1"}),
    "privacy._schedules": ({}, {"identifier": "1"}),
    "quiz_schedules.forget_setter": ({}, {"person": "1"}),
    "quiz_schedules.resume": ({"quiz_schedules.state": "paused"}, {}),
    "quiz_schedules.resume_returned": ({"quiz_schedules.state": "paused", "quiz_schedules.reason": "left"}, {}),
    "retention._delete_answers": (OVER, {"before": AT + 1}),
    "retention._delete_deliveries": (SENT, {}),
    "retention._delete_made_questions": (UNNEEDED, {"checked_at": AT}),
    "retention._delete_questions": (OVER, {"before": AT + 1}),
    "retention._delete_reviews": ({}, {"before": AT + 1}),
    "retention._delete_review_sessions": ({}, {"before": AT + 1}),
    "retention._delete_rounds": (OVER, {"before": AT + 1}),
    "retention._departed": ({}, {"before": AT + 1}),
    "retention._fold_facts": (SENT, {}),
    "retention._note_checked": ({}, {"before": AT + 1}),
    "retention._note_tidy": (OVER, {"before": AT + 1}),
    "retention._nth_delivery": (SENT, {"before": AT + 1, "most": 0}),
    "retention._remove_paces": ({}, {"before": AT + 1}),
    "retention._remove_proposals": ({}, {"before": AT + 1}),
    "retention._remove_received": ({}, {"before": AT + 1}),
    "retention._remove_reports": ({}, {"before": AT + 1}),
    "review_sessions.ratings": ({"attempts.round": ""}, {}),
    "round_answers._has_players": ({}, LATER),
    "round_answers._is_awaited": ({}, LATER),
    "round_answers._receipts": ({}, {"since": AT - 9}),
    "round_answers.missed": (WRONG, {}),
    "round_counting._count_answers": ({"attempts": None}, {}),
    "round_counting._score": ({"attempts": {"person": "discord:2"}}, {}),
    "rounds._save": ({"rounds.tidy": 1}, {"state": "paused", "number": 4, "tries": 2}),
    "quiz_schedules.claim": ({"quiz_schedules.lease_ends_at": 0}, {}),
    "round_counting._score for who left it out": ({"attempts": {"person": "discord:2", "question": "q2"}}, {}),
    "round_counting._score that is late": ({"attempts": {"person": "discord:2", "question": "q2"}}, {"late": 1}),
    "rounds.claim": ({"rounds.lease_owner": None, "rounds.lease_ends_at": 0}, {}),
    "rounds.claim_unshown": (ASKING, {}),
    "rounds.next_due_at": ({"rounds.lease_ends_at": 0}, {}),
    "rounds.next_due_at leased": ({"rounds.due_at": AT - 9}, {}),
    "rounds.note_shown": ({}, {"state": "asking"}),
    "rounds.unshown": (ASKING, {}),
    "schedules._forget_earlier_setter": ({"schedules.previous": '{"set_by":"1"}'}, {"quoted": '"set_by":"1"'}),
    "schedules._forget_setter": ({}, {"person": "1"}),
    "schedules._pause": ({"schedules.check_at": None}, {}),
    "schedules.check_again": (PAUSED, {}),
    "schedules.note_notice": (PAUSED, {}),
    "schedules.put": (PAUSED | TOLD, {}),
    "schedules.recover": (PAUSED | TOLD, {}),
    "schedules.resume": (PAUSED | TOLD, {}),
    "schedules.untold": (PAUSED, {}),
    "zone_rules._move_quiz": ({}, {"due_at": AT}),
    "zone_rules._move_reminder": ({}, {"id": "discord:1", "due_at": AT}),
    "zone_rules._move_schedule": ({}, {"due_at": AT}),
    "zone_rules._quizzes": ({"quiz_schedules.due_at": AT + 1}, {}),
    "zone_rules._reminders": ({"reminders.due_at": AT + 1}, {}),
    "zone_rules._schedules": ({"schedules.due_at": AT + 1}, {}),
    "deliveries._facts_posted claimed": (SENT | CLAIMED, {}),
    "deliveries._facts_posted to try again": (SENT | FAILED | {"deliveries.open_at": AT}, {}),
    "deliveries._facts_posted unsure": (SENT | FAILED | {"deliveries.unsure_from_at": AT}, {}),
    "deliveries._facts_posted long ago": ({"deliveries": None}, {}),
    "deliveries.count_by_state settled": (SENT, {}),
    "deliveries.next_open_at beside a settled one": ({"deliveries": {"local_date": "2026-11-21", "open_at": None}}, {}),
    "departures.servers_of where it left another platform": ({"departures.platform": "slack"}, {}),
    "quiz_schedules.claim that was leased": ({"quiz_schedules.due_at": 0}, {}),
    "round_answers._is_awaited for another's answer": (
        {"round_answers": {"number": AT + 9, "person": "discord:2"}}, LATER),
    "round_answers._is_awaited for an answer elsewhere": ({"round_answers": {"number": AT + 9, "round": "two"}}, LATER),
    "rounds.claim that was leased": ({"rounds.due_at": 0}, {}),
    "schedules._pause broken": (PAUSED, {}),
    "schedules.next_check_at beside one without": ({"schedules": {"id": "two", "topic": "", "check_at": None}}, {}),
    "departures._pause_schedules forbidden": (PAUSED | {"schedules.reason": "forbidden"}, {}),
    "departures._pause_schedules gone": (PAUSED, {}),
    "departures._pause_schedules refused": (PAUSED | {"schedules.reason": "refused"}, {}),
    "retention._fold_facts unsure": (SENT | FAILED | {"deliveries.unsure_from_at": AT}, {}),
    "round_counting._drop_answers right": (RIGHT, {"right_too": 1}),
    "rounds.claim_unshown running out": (RUNNING_OUT, {}),
    "rounds.claim_unshown paused": (ASKING | {"rounds.state": "paused"}, {}),
    "rounds.hold_of_person starter": ({"rounds.winner": ""}, {}),
    "rounds.hold_of_person winner": ({"rounds.starter": ""}, {}),
    "rounds.hold_of_person answered": ({"rounds.starter": "", "rounds.winner": ""}, {}),
    "rounds.lately_asked in private": (NO_SERVER, {"server": ""}),
    "rounds.unshown running out": (RUNNING_OUT, {}),
    "rounds.unshown paused": (ASKING | {"rounds.state": "paused"}, {}),
    **{f"schedules.recover {reason}": (PAUSED | {"schedules.reason": reason}, {}) for reason in (
        "forbidden", "refused", "left", "unreadable")},
    "workspace_ids._schedules of nobody": ({"schedules.set_by": ""}, {}),
    **{f"workspace_ids._{table} beside another {part}'s": ({table: BESIDE | {part: "other"}}, QUALIFIED)
       for table in ("schedules", "quiz_schedules", "round_settings", "fact_counts")
       for part in ("platform", "server")},
    "workspace_ids._rounds beside another platform's": ({"rounds": BESIDE | {"platform": "slack"}}, QUALIFIED),
    "workspace_ids._scores beside another platform's": ({"scores": BESIDE | {"platform": "slack"}}, QUALIFIED),
    "workspace_ids._scores beside another channel's": ({"scores": BESIDE | {"channel": "guild-else"}}, QUALIFIED),
    "workspace_ids._scores beside another person's": ({"scores": BESIDE | {"person": "discord:guild-2"}}, QUALIFIED),
    "workspace_ids._cards beside another": (
        {"attempts.person": "discord:guild-1", "cards": {"person": "discord:guild-1", "question": "other"}}, QUALIFIED),
    "workspace_ids._rounds nobody won": ({"rounds.winner": ""}, QUALIFIED),
    "workspace_ids._schedules beside another": ({"schedules": BESIDE | {"topic": "another"}}, {}),
    "workspace_ids._quiz_schedules of nobody": ({"quiz_schedules.set_by": ""}, {}),
    "workspace_ids._quiz_schedules beside another": ({"quiz_schedules": BESIDE | {"kind": "question"}}, {}),
    "workspace_ids._fact_counts beside another": ({"fact_counts": BESIDE | {"fact": "another"}}, {}),
    "workspace_ids._scores beside another": ({"scores": BESIDE | {"day": 2}}, QUALIFIED),
    "workspace_ids._rounds of nobody": ({"rounds.starter": "", "rounds.winner": "-"}, QUALIFIED),
    "workspace_ids._rounds beside one that is over": ({"rounds": BESIDE | {"state": "over"}}, QUALIFIED),
    "workspace_ids._rounds beside a daily one": ({"rounds": BESIDE | {"daily": 1}}, QUALIFIED),
    **{f"workspace_ids.{table}": ({}, QUALIFIED) for table in (
        "_round_answers", "_rounds", "_scores", "_question_reports", "_attempts", "_library_texts")},
    **{f"workspace_ids.{table}": ({"attempts.person": "discord:guild-1"}, QUALIFIED) for table in (
        "_cards", "_review_sessions", "_reminders", "_reviews", "_learners")},
}  # fmt: skip
OTHER_USES = {
    ("rounds.claim that was leased", "owner"),
    ("rounds.lately_asked", "channel"),
    ("deliveries._take_over", "owner"),
    ("rounds.claim", "owner"),
    ("round_counting._score", "day"),
    ("rounds._save", "number"),
    ("rounds._save", "tries"),
    *((f"round_counting._score{way}", "day") for way in (" for who left it out", " that is late")),
    *((f"cards.{name}", key) for name in ("coming", "counts", "due", "missed") for key in ("platform", "server")),
    *((name, "person") for name in (*BY_NAME, *FITS) if name.startswith("workspace_ids.")),
}
"""What has a key's name and narrows nothing: what a query sets, where a card is asked, or a channel of a server."""
IDLE: Rows = {"deliveries.open_at": None}
DONE: Rows = {"deliveries.state": "sent"}
UNSURE: Rows = {"deliveries.unsure_from_at": AT}
ACTIVE: Rows = {"schedules.state": "active"}
REMOVED: Rows = {"schedules.state": "removed"}
ASKED: Rows = {"schedules.reason": "asked"}
STOPPED: Rows = {"quiz_schedules.state": "paused"}
GOING: Rows = {"quiz_schedules.state": "active"}
CLOSED: Rows = {"reminders.is_closed": 1}
DAILY: Rows = {"rounds.daily": 1}
NO_CHECK: Rows = {"schedules.check_at": None}
UP_TO_DATE: tuple[Rows, ...] = (
    {"rounds.shown": 1},
    {"rounds.shown": 1, "round_answers": {"round": "two"}},
    {"rounds.shown": 1, "round_answers": {"number": 9}},
)
NOT_YET: tuple[Rows, ...] = (DAILY, {"rounds.state": "paused"}, {"rounds.closes_at": AT + 1_000_000})
LEAVES: dict[str, tuple[Rows, ...]] = {
    "cards.has_pending": ({"attempts.on_card": 1},),
    "cards.take_pending": ({"attempts.on_card": 1},),
    "schedules._forget_earlier_setter": ({"schedules.previous": '{"set_by":"12"}'}, {"schedules.previous": ""}),
    "workspace_ids._library_texts": ({"library_texts.person": ""}, {"library_texts.person": "discord:guild-1"}),
    "cards.count_met": ({"cards.met_in_review": 0},),
    "cards.known": ({"made_questions": {}},),
    "cards.missed": ({"cards.missed": 0},),
    "departures._check_schedules": (ACTIVE, ASKED),
    "departures._end_rounds": (OVER,),
    "departures._pause_schedules": (REMOVED, REMOVED | {"schedules.reason": "gone"}, PAUSED | ASKED),
    "departures.servers_of where it left another platform": ({"departures.platform": "discord"},),
    "departures.servers_of": ({"departures": {}},),
    "deliveries._facts_of_day": ({"deliveries.fact": None},),
    "deliveries._facts_posted": ({"deliveries.fact": None}, FAILED, {"deliveries.state": "skipped"}),
    "deliveries._take_over": (IDLE, {"schedules": None}, {"schedules.id": "two"}),
    "deliveries.next_open_at": (IDLE, {"schedules": None}, {"schedules.id": "two"}),
    "deliveries.note_try": (DONE, UNOWNED),
    "deliveries.release": (DONE, UNOWNED),
    "deliveries.renew": (DONE, UNOWNED),
    "deliveries.reopen": (CLAIMED, IDLE),
    "deliveries.settle": (DONE, UNOWNED),
    "deliveries.skip_retries": (CLAIMED, IDLE, UNSURE),
    "learning.rate": (WRONG,),
    "library._ids_of_servers": ({"library_texts.server": "", "library_numberings.server": ""},),
    **{f"made_questions._forget_{what}": ({"made_question_shelves": {}}, EVERYBODYS_SHELF) for what in (
        "asked", "reports", "reviews", "questions")},
    "quiz_schedules.claim": (STOPPED, {"quiz_schedules.lease_ends_at": AT + 1}),
    "quiz_schedules.next_due_at": (STOPPED,),
    "quiz_schedules.pause": (STOPPED,),
    "quiz_schedules.pause_departed": (STOPPED,),
    "quiz_schedules.resume": (GOING,),
    "quiz_schedules.resume_returned": (GOING, {"quiz_schedules.reason": "asked"}),
    "reminders.due": (CLOSED,),
    "reminders.next_due_at": (CLOSED,),
    "retention._delete_answers": ({"rounds.state": "asking"}, {"rounds.tidy": 1}),
    "retention._delete_deliveries": ({"deliveries.open_at": AT},),
    "retention._delete_made_questions": (
        {"cards": {}},
        {"round_questions": {}},
        {"attempts": {}, "attempts.on_card": 0},
    ),
    "retention._delete_questions": ({"rounds.state": "asking"},),
    "retention._delete_rounds": ({"rounds.state": "asking"},),
    "retention._fold_facts": ({"deliveries.open_at": AT}, {"deliveries.fact": None}, FAILED),
    "retention._note_tidy": ({"rounds.state": "asking"}, {"rounds.tidy": 1}),
    "retention._nth_delivery": ({"deliveries.open_at": AT},),
    "review_sessions.ratings": ({"attempts.round": "one"},),
    "round_answers._forget_receipts": ({"round_answers.receipt": ""},),
    "round_answers._receipts": ({"round_answers.receipt": ""},),
    "round_answers._is_awaited": ({"round_answers": {"number": AT + 9}},),
    "round_answers.missed": (RIGHT,),
    "round_counting._drop_answers": (RIGHT,),
    "round_counting._score": (
        {"attempts": None}, {"attempts": {"question": "q2"}}, {"attempts": {"person": "discord:2", "round": "two"}}),
    "rounds.claim": (OVER, {"rounds.lease_ends_at": AT + 1}),
    "rounds.claim_unshown": (OVER, {"rounds.state": "waiting"}, {"rounds.message": ""}, *UP_TO_DATE),
    "rounds.claim_unshown running out": NOT_YET,
    "rounds.unshown running out": NOT_YET,
    "rounds.count_running": (OVER, DAILY),
    "rounds.lately_asked": (NO_SERVER,),
    "rounds.next_due_at": (OVER,),
    "rounds.note_shown": ({"rounds.state": "paused"},),
    "rounds.release": ({"rounds.lease_owner": None},),
    "rounds.renew": ({"rounds.lease_owner": None},),
    "rounds.running": (OVER, DAILY),
    "rounds.unshown": (OVER, {"rounds.state": "waiting"}, {"rounds.message": ""}, *UP_TO_DATE),
    "schedules._remove": (REMOVED,),
    "schedules._pause": (PAUSED | NO_CHECK,),
    "schedules.check_again": (NO_CHECK,),
    "schedules.claim_checks": (NO_CHECK,),
    "schedules.count_of_server": (REMOVED,),
    "schedules.due": (PAUSED,),
    "schedules.next_check_at": (NO_CHECK,),
    "schedules.next_due": (PAUSED,),
    "schedules.next_due_at": (PAUSED,),
    "schedules.note_notice": (TOLD,),
    "schedules.of_server": (REMOVED,),
    "schedules.pause_broken": (PAUSED, REMOVED),
    "schedules.recover": (ACTIVE, ASKED),
    "schedules.resume": (ACTIVE, REMOVED),
    "schedules.untold": (ACTIVE, NO_CHECK, TOLD),
    "zone_rules._move_quiz": ({"quiz_schedules.due_at": AT + 1},),
    "zone_rules._move_reminder": ({"reminders.due_at": AT + 1},),
    "zone_rules._move_schedule": ({"schedules.due_at": AT + 1},),
    "zone_rules._quizzes": (STOPPED,),
    "zone_rules._reminders": (CLOSED,),
    "zone_rules._schedules": (PAUSED,),
    **{f"workspace_ids._{table}": ({f"{table}.channel": "guild-hall"}, {table: BESIDE}) for table in (
        "rounds", "schedules", "quiz_schedules", "round_settings", "fact_counts", "scores")},
    **{f"workspace_ids._{table}": ({f"{table}.channel": "guild-hall"},) for table in ("question_reports", "attempts")},
    **{f"workspace_ids._{table}": ({table: BESIDE}, {"attempts.platform": "slack"}) for table in (
        "cards", "review_sessions", "reminders", "reviews", "learners")},
    "workspace_ids._round_answers": ({"rounds.channel": "guild-hall"},),
}  # fmt: skip
"""Rows that a query leaves alone, by how they differ from those that it finds."""
TIMES = """
    cards.coming: cards.due_at > now
    cards.count_met: cards.met_at >= since
    cards.due: cards.due_at < tomorrow
    cards.due: cards.due_at <= now
    cards.missed: cards.due_at > now
    deliveries._take_over: deliveries.open_at <= now
    installations.remove_installation: installations.installed_at <= at
    learning._channel_standings: scores.day >= since
    learning._count_reports: question_reports.reported_at >= since
    learning._server_standings: scores.day >= since
    learning.last_answer_at: attempts.attempted_at < before
    quiz_schedules.claim: quiz_schedules.due_at <= now
    quiz_schedules.claim that was leased: quiz_schedules.lease_ends_at <= now
    reminders.due: reminders.due_at <= now
    retention._delete_answers: rounds.started_at < before
    retention._delete_deliveries: deliveries.changed_at <= last
    retention._delete_questions: rounds.started_at < before
    retention._delete_reviews: reviews.asked_at < before
    retention._delete_review_sessions: review_sessions.started_at < before
    retention._delete_rounds: rounds.started_at < before
    retention._departed: departures.left_at < before
    retention._fold_facts: deliveries.changed_at <= last
    retention._note_checked: made_questions.checked_at < before
    retention._note_tidy: rounds.started_at < before
    retention._nth_delivery: deliveries.changed_at < before
    retention._remove_paces: pace.free_at < before
    retention._remove_proposals: library_proposals.made_at < before
    retention._remove_received: received.received_at < before
    retention._remove_reports: question_reports.reported_at < before
    review_sessions.ratings: attempts.attempted_at >= since
    round_answers._has_players: round_answers.number >= since
    round_answers._has_players: round_answers.number < number
    round_answers._is_awaited: round_answers.number >= since
    round_answers._is_awaited: round_answers.number < number
    round_answers._receipts: round_answers.answered_at >= since
    rounds.claim: rounds.due_at <= now
    rounds.claim that was leased: rounds.lease_ends_at <= now
    rounds.claim_unshown: rounds.due_at > now
    rounds.claim_unshown: rounds.shown_at <= before
    rounds.claim_unshown running out: rounds.shown_at < recount
    rounds.unshown running out: rounds.shown_at < recount
    deliveries.count_by_state settled: deliveries.changed_at >= since
    rounds.lately_asked: rounds.started_at >= since
    rounds.unshown: rounds.due_at > now
    rounds.unshown: rounds.shown_at <= before
    schedules.claim_checks: schedules.check_at <= now
    schedules.due: schedules.due_at <= now
    zone_rules._quizzes: quiz_schedules.due_at > now
    zone_rules._quizzes: quiz_schedules.id > after
    zone_rules._reminders: reminders.due_at > now
    zone_rules._reminders: reminders.person > after
    zone_rules._schedules: schedules.due_at > now
    zone_rules._schedules: schedules.id > after
"""
"""Whether what a query finds is less or more than a moment, or number, that it is given."""
"""What a row has to be, and a query to be given, so that it finds the row; all else is usual."""
SEARCHES = sorted(name for name in {*BY_NAME, *FITS} if "VALUES" not in BY_NAME[name.partition(" ")[0]].sql)
"""All queries that look for rows; a word after the name tells several ways to be found apart."""
FIRST = """
    cards.coming: cards.due_at
    cards.coming: cards.question
    cards.due: cards.due_at
    cards.due: cards.question
    cards.missed: cards.due_at
    cards.missed: cards.question
    cards.of_person: cards.question
    cards.take_pending: attempts.question
    deliveries._take_over: deliveries.open_at
    deliveries.history: deliveries.local_date DESC
    deliveries.next_open_at: deliveries.open_at
    learning.attempts: attempts.attempted_at
    learning.attempts: attempts.question
    learning.last_answer_at: attempts.attempted_at DESC
    learning.reports: question_reports.id
    learning.reports: question_reports.reported_at DESC
    library._removed_ids: library_numberings.text_id
    library._shelf: library_texts.added_at
    library._shelf: library_texts.text_id
    library._unused: library_unused.text_id
    privacy._reports: question_reports.reported_at
    privacy._scores: scores.channel
    privacy._scores: scores.day
    quiz_schedules.claim: quiz_schedules.due_at
    quiz_schedules.next_due_at: quiz_schedules.due_at
    quiz_schedules.of_server: quiz_schedules.channel
    quiz_schedules.of_server: quiz_schedules.kind
    reminders.due: reminders.due_at
    reminders.next_due_at: reminders.due_at
    retention._delete_answers: rounds.started_at
    retention._delete_questions: rounds.started_at
    retention._delete_rounds: rounds.id
    retention._delete_rounds: rounds.started_at
    retention._departed: departures.left_at
    retention._note_tidy: rounds.id
    retention._note_tidy: rounds.started_at
    retention._nth_delivery: deliveries.changed_at
    review_sessions.ratings: attempts.rating
    round_answers._receipts: round_answers.answered_at
    round_answers._receipts: round_answers.person
    round_answers.answers: round_answers.answered_at
    round_answers.answers: round_answers.person
    rounds.claim: rounds.due_at
    rounds.hold_of_person: rounds.id
    rounds.next_due_at: rounds.due_at
    rounds.next_due_at leased: rounds.lease_ends_at
    rounds.questions: round_questions.number
    schedules.claim_checks: schedules.check_at
    schedules.due: schedules.due_at
    schedules.next_check_at: schedules.check_at
    schedules.next_due: schedules.due_at
    schedules.next_due_at: schedules.due_at
    schedules.of_server: schedules.channel
    schedules.of_server: schedules.topic
    schedules.untold: schedules.id
    zone_rules._quizzes: quiz_schedules.id
    zone_rules._reminders: reminders.person
    zone_rules._schedules: schedules.id
"""
"""By what rows are taken in order, of several rules the later ones where the earlier ones see no difference."""


def case(name: str) -> tuple[Query, Rows, Rows]:
    return (BY_NAME[name.partition(" ")[0]], *FITS.get(name, ({}, {})))
