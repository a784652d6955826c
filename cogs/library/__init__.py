"""The texts that are looked up here, and how to add your own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.attachment import Attachment, AttachmentKey
from bot.core.command import action, command, costs, message_action
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.library import Library, owner_of
from bot.core.progress import with_progress
from bot.core.reply import Button, Choice, Items, Menu, Note, Prose, Reply
from bot.storage.owner import Owner
from cogs.library.report import report_parts
from cogs.library.shelf_list import library_of, shelf_list
from cogs.shared.asker import person_of, storable
from cogs.shared.lists import MENU, page_number, shortened
from corpus.errors import NotUnderstood
from corpus.language.phrasing import and_list, plural
from corpus.source.adding import About, Proposal
from corpus.source.readers import FORMATS
from corpus.source.readers.document import Unreadable

MOST_SENT = 10_000_000
"""Bytes of a file that is taken in a chat."""

_GONE = "That text is gone already. /library list shows what is there."
_CONSENT = "By adding it you confirm that your group may use this text."


@command("library list", also="books")
async def library_list(ctx: Context) -> Reply:
    """List the texts that are looked up here, with length and edition."""
    return await shelf_list(ctx, 1)


@action("library.page", replaces=True)
async def library_page(ctx: Context, value: str) -> Reply:
    """Another page of the texts."""
    return await shelf_list(ctx, page_number(value) or 1)


@costs(10)
@command(
    "library add",
    also="upload",
    example="notes.txt",
    admin=True,
    file="A file: plain text, Markdown, HTML, EPUB, PDF, Word or TEI",
    title="Instead of the title that the file gives",
    author="Instead of the author that the file gives",
    date="When it was written, such as 1919 or 1919-03-05",
    short_name="Its short name in references, such as memoir; this replaces a text with that name",
)
async def library_add(
    ctx: Context, file: AttachmentKey, title: str = "", author: str = "", date: str = "", short_name: str = ""
) -> Reply:
    """Add a text from a file, after a look at what is in it."""
    sent = ctx.attachments.get(file)
    if sent is None:
        raise UserError(f"There is no such file: attach one to the command. I read {FORMATS}.")
    return await _proposal_reply(ctx, sent, About(short_name.strip().lower(), title, author, date))


@costs(10)
@message_action("Add to the library", admin=True)
async def add_from_message(ctx: Context, words: str) -> Reply:
    """Add the file of this message to the texts that are looked up here."""
    sent = ctx.attachments.first()
    if sent is None:
        raise UserError(f"There is no file on this message. I read {FORMATS}.")
    return await _proposal_reply(ctx, sent, About())


async def _proposal_reply(ctx: Context, sent: Attachment, about: About) -> Reply:
    """What was found in a file, with a button that adds it."""
    library, owner = library_of(ctx), _owner(ctx)
    if sent.size > MOST_SENT:
        raise UserError(
            f"{shortened(sent.name)} has {sent.size / 1e6:.0f} MB; here I take files of up to "
            f"{MOST_SENT // 1_000_000} MB. The person who runs the bot can add larger ones."
        )
    try:
        data = await sent.read()
    except OSError:
        raise UserError(f"I couldn't fetch {shortened(sent.name)}. Please send it again.") from None
    try:
        proposal = await with_progress(
            ctx, "Reading the file", lambda progress: library.propose(owner, sent.name, data, about, progress)
        )
    except Unreadable as error:
        raise UserError(str(error)) from None
    if proposal.is_known:
        raise UserError(f"{proposal.text.title} is here already, in this very edition. /library list shows it.")
    await library.refuse_full(owner, proposal)
    key = await library.keep_proposal(owner, proposal, ctx.now)
    parts = (Prose("This is what I found in the file."), *report_parts(proposal), Note(_CONSENT))
    return Reply(f"Add {shortened(proposal.text.title)}?", parts, _proposal_buttons(proposal, key), private=True)


def _proposal_buttons(proposal: Proposal, key: str) -> tuple[Button, ...]:
    odd = bool(proposal.report.refusal)
    label = "Add it anyway" if odd else "Add: our group may use it"
    return (
        Button(label, "library.add", key, "danger" if odd else "primary"),
        Button("Cancel", "library.cancel", key),
    )


@action("library.add", replaces=True, admin=True)
async def library_confirm(ctx: Context, value: str) -> Reply:
    """Add the text that was shown."""
    library, owner = library_of(ctx), _owner(ctx)
    proposal = await library.take_proposal(owner, value)
    if proposal is None:
        raise UserError("That text was already added, or more than a day has passed. Send the file again.")
    name = storable((await ctx.asker.person()).name)
    added = await with_progress(
        ctx,
        f"Preparing {shortened(proposal.text.title)} for search",
        lambda progress: library.add(owner, proposal, name, ctx.now, progress, person_of(ctx)),
        replaces=True,
    )
    soon = await _until_indexed(library, owner, "I answer without it")
    where, words = "kept" if soon else "here now", plural(added.words, "word")
    first = f"{added.text_id} {proposal.text.paragraphs[0].number}"
    parts = (
        Prose(f"{added.title} is {where}, for this server only: {words}.{soon}"),
        Items((f"/quote {first}", f"/read {added.text_id}", "/library use")),
    )
    buttons = (Button("Read it", "read.page", first), Button("All texts", "library.page", "1"))
    return Reply("Added", parts, buttons, private=True)


async def _until_indexed(library: Library, owner: Owner, meanwhile: str) -> str:
    """A sentence, after a space, on what happens until the index is there that a change needs; empty where it is."""
    if await library.index_fault(owner):
        return (
            f" {meanwhile}, because the new index could not be built. I try again when something is looked up; "
            "if that does not help, the person who runs the bot finds the reason in the log."
        )
    built = await library.built(owner)
    return "" if built == 1 else f" {meanwhile} until the new index is ready ({built:.0%})."


@action("library.cancel", replaces=True, admin=True)
async def library_cancel(ctx: Context, value: str) -> Reply:
    """Add nothing."""
    await library_of(ctx).take_proposal(_owner(ctx), value)
    return Reply("Nothing was added", private=True)


async def _own_texts(ctx: Context, typed: str) -> Sequence[Choice]:
    """Completions: the texts that this server added."""
    texts = await library_of(ctx).shelves.texts(owner_of(ctx.place)) if ctx.place.server else ()
    wanted = typed.strip().casefold()
    choices = [Choice(shortened(f"{one.text_id}: {one.title}"), one.text_id) for one in texts]
    return [one for one in choices if wanted in one.label.casefold()]


@command(
    "library remove", example="memoir", admin=True, suggest={"text": _own_texts}, text="A text that was added here"
)
async def library_remove(ctx: Context, text: str) -> Reply:
    """Remove a text that was added here."""
    texts = {one.text_id: one for one in await library_of(ctx).shelves.texts(_owner(ctx))}
    wanted = text.strip().casefold()
    found = next((one for one in texts.values() if wanted in (one.text_id, one.title.casefold())), None)
    if found is None:
        known = f"Added here: {and_list(texts)}." if texts else "Nothing was added here yet."
        raise UserError(f"Only texts that were added here can be removed. {known}", await _leaving_aside(ctx, wanted))
    sentence = f"Remove {found.title} ({plural(found.words, 'word')}) from this server? Its references stop working."
    buttons = (Button("Remove it", "library.remove", found.text_id, "danger"),)
    return Reply("Remove a text", (Prose(sentence),), buttons, private=True)


async def _leaving_aside(ctx: Context, text_id: str) -> tuple[Button, ...]:
    """What can be done about a text that comes from elsewhere, if it is in use."""
    library, owner = library_of(ctx), _owner(ctx)
    in_use = set(await library.available(owner)) - (await library.choice(owner)).unused
    return (Button(f"Stop using {text_id}", "library.use", text_id),) if text_id in in_use else ()


@action("library.remove", replaces=True, admin=True)
async def library_removed(ctx: Context, value: str) -> Reply:
    """Remove the text."""
    library, owner = library_of(ctx), _owner(ctx)
    aside = (await library.choice(owner)).unused
    removed = await with_progress(
        ctx,
        f"Removing {shortened(value)} from search",
        lambda progress: library.remove(owner, value, progress),
        replaces=True,
    )
    if not removed:
        raise UserError(_GONE)
    soon = await _until_indexed(library, owner, "Answers may still quote it")
    others = " The other texts are in use again." if aside and not (await library.choice(owner)).unused else ""
    return Reply("Removed", (Prose(f"{value} is no longer here.{others}{soon}"),), private=True)


@command("library use", example="all", admin=True, texts="Which texts to use, with commas between them; or all")
async def library_use(ctx: Context, texts: str = "") -> Reply:
    """Choose which texts look-ups, daily facts and quizzes draw on."""
    library, owner = library_of(ctx), _owner(ctx)
    if texts:
        await library.use(owner, _texts_from_words(texts, await library.available(owner)))
    return await _use_reply(ctx)


@action("library.use", replaces=True, admin=True)
async def library_toggle(ctx: Context, value: str) -> Reply:
    """Use a text, or leave it aside."""
    library, owner = library_of(ctx), _owner(ctx)
    every = await library.available(owner)
    unused = (await library.choice(owner)).unused
    if value not in every:
        raise UserError(_GONE)
    await library.use(owner, [one for one in every if (one in unused) == (one == value)])
    return await _use_reply(ctx)


async def _use_reply(ctx: Context) -> Reply:
    library, owner = library_of(ctx), _owner(ctx)
    every = await library.available(owner)
    unused = (await library.choice(owner)).unused
    choices = tuple(Choice(f"{'Use' if one in unused else 'Stop using'} {one}", one) for one in every[:MENU])
    used, aside = [one for one in every if one not in unused], [one for one in every if one in unused]
    parts = (Prose(f"Look-ups, daily facts and quizzes draw on: {and_list(used)}."),)
    more = (Prose(f"Not in use: {and_list(aside)}."),) if aside else ()
    soon = await _until_indexed(library, owner, "I answer from those that were in use before")
    late = (Prose(soon.strip()),) if soon else ()
    return Reply("Texts in use", (*parts, *more, *late, Menu("Change", "library.use", choices)), private=True)


def _texts_from_words(typed: str, every: Sequence[str]) -> list[str]:
    """The texts that were named. Raises NotUnderstood."""
    named = typed.replace(",", " ").lower().split()
    if named == ["all"]:
        return list(every)
    if unknown := [one for one in named if one not in every]:
        raise NotUnderstood(f"There is no text {shortened(unknown[0], 40)}. The texts are {and_list(every)}.")
    return [one for one in every if one in named]


def _owner(ctx: Context) -> Owner:
    if ctx.place.server is None:
        raise UserError("Texts belong to a server: please do that there.")
    return owner_of(ctx.place)
