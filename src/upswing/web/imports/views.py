"""The import up to its mapping: files come in, and a person says what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upswing.actions import drafts
from upswing.actions.drafts import Draft
from upswing.actions.founding import holds_demo, is_founded
from upswing.actions.permission import NotAllowed
from upswing.connectors.connector import Unreadable
from upswing.jobs import tasks
from upswing.queries import intake
from upswing.queries.viewers import Viewer
from upswing.web.imports.beginnings import currency_of, name_of
from upswing.web.imports.correcting import Trouble, about_troubles, key_of, raw_of, troubles
from upswing.web.imports.form import DRAFT, NOTHING, Said, said
from upswing.web.imports.looking import Looked, look
from upswing.web.imports.page import Page, page_of, proposed
from upswing.web.imports.receiving import received
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now, organisation_of, part, today

BEGIN = "imports/begin.html"
MAP = "imports/map.html"


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Where files are dropped; with files, a new draft of them."""
    who, trouble = operator(request), ""
    if request.method == "POST":
        try:
            draft = drafts.begin(who, received(request, now(request)), now(request), request.user.pk)
        except (NotAllowed, Unreadable) as error:
            trouble = str(error)
        else:
            return redirect("import_map", draft=draft.uid)
    shown = {"trouble": trouble, "drafts": intake.drafts(who), "demo": holds_demo()}
    return render(request, part(request, BEGIN), shown, status=422 if trouble else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def map_columns(request: HttpRequest, draft: UUID) -> HttpResponse:
    """What the files hold, as guessed; with a form, as the person has it."""
    who = operator(request)
    found = drafts.draft_of(who, draft)
    if found.batch_id or found.job:
        return redirect("import_run" if found.batch_id else "import_preview", draft=draft)
    if request.method == "POST":
        return _mapped(request, who, found)
    looked, trouble = _looked(request, who, found, request.GET.get("like", ""))
    return _show(request, who, found, looked, None, [trouble] if trouble else [])


def _looked(
    request: HttpRequest, who: Viewer, draft: Draft, start: str, told: Said | None = None
) -> tuple[Looked | None, Trouble | None]:
    """The files looked at, and what keeps them from being read."""
    try:
        return look(who, draft, today(request), start, told), None
    except Unreadable as error:
        return None, Trouble("files", str(error))


def _mapped(request: HttpRequest, who: Viewer, draft: Draft) -> HttpResponse:
    """Take what was said: show it again, keep it, hand it out, or try it."""
    told, do = said(dict(request.POST.lists())), request.POST.get("do", "try")
    looked, trouble = _looked(request, who, draft, told.start, told)
    if looked is None:
        looked, _ = _looked(request, who, draft, told.start)
    found = [trouble] if trouble else []
    if looked and not trouble and do != "again":
        found = list(_troubles(request, told, looked))
        if not found:
            try:
                return _taken(request, who, draft, looked, told, do)
            except Unreadable as error:
                found = [Trouble("save_as" if do == "save" else "files", str(error))]
    return _show(request, who, draft, looked, told, found)


def _troubles(request: HttpRequest, told: Said, looked: Looked) -> Iterator[Trouble]:
    counts_in = organisation_of(request).currency if is_founded() else ""
    yield from troubles(told, looked.guess)
    yield from about_troubles(told.about, counts_in, today(request))


def _taken(
    request: HttpRequest, who: Viewer, draft: Draft, looked: Looked, told: Said, do: str
) -> HttpResponse:
    """Keep the mapping with the draft, and go on as asked."""
    key = _key(who, looked, told)
    name = looked.start if looked.start not in {DRAFT, NOTHING} else draft.mapping
    drafts.map_as(who, draft, raw_of(looked.guess, told, key, not is_founded()), name)
    if do == "save":
        drafts.save_mapping(who, draft, told.save_as, now(request))
        return _show(request, who, draft, looked, told, [], saved=draft.mapping)
    if do == "toml":
        return redirect("import_toml", draft=draft.uid)
    tasks.ask(who, draft, drafts.TRIAL)
    return redirect("import_preview", draft=draft.uid)


def _key(who: Viewer, looked: Looked, told: Said) -> str:
    """The source's short name: the mapping's own unless it was renamed."""
    top = looked.guess.top
    if top.get("source") and told.about.name == (top.get("name") or top["source"]):
        return str(top["source"])
    return key_of(told.about.name, intake.source_names(who))


def _show(
    request: HttpRequest, who: Viewer, draft: Draft, looked: Looked | None, told: Said | None, found: list[Trouble],
    saved: str = "",
) -> HttpResponse:  # fmt: skip
    if looked is None:
        shown = {"draft": draft, "trouble": found[0].sentence, "files": draft.files.order_by("name")}
        return render(request, part(request, "imports/unreadable.html"), shown, status=422)
    return render(
        request,
        part(request, MAP),
        {"page": _page(request, who, draft, looked, told, found, saved)},
        status=422 if found else 200,
    )


def _page(
    request: HttpRequest,
    who: Viewer,
    draft: Draft,
    looked: Looked,
    told: Said | None,
    found: list[Trouble],
    saved: str,
) -> Page:
    facts = organisation_of(request)
    names = intake.source_names(who)
    about = (
        told.about
        if told
        else proposed(draft, looked.guess, today(request), facts.currency, facts.time_zone, names)
    )
    if not told and not is_founded():
        name, currency = name_of(request.user.email), currency_of(request.headers.get("Accept-Language", ""))  # type: ignore[union-attr]
        about = replace(
            about,
            organisation=about.organisation or name,
            currency=looked.guess.top.get("currency") or currency,
        )
    return page_of(draft, looked, about, not is_founded(), names.values(), told, found, saved)


@require_safe
def toml(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The draft's mapping as a file."""
    found = drafts.draft_of(operator(request), draft)
    name = drafts.mapping_in(found).source if found.toml else "mapping"
    headers = {"Content-Disposition": f'attachment; filename="{name}.toml"'}
    return HttpResponse(found.toml, content_type="application/toml; charset=utf-8", headers=headers)


@require_POST
def files(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Files beside those that are there, or one of them left out."""
    who = operator(request)
    found = drafts.draft_of(who, draft)
    try:
        if name := request.POST.get("leave_out"):
            drafts.leave_out(who, found, name)
        else:
            drafts.add(who, found, received(request, now(request)))
    except (Unreadable, NotAllowed) as error:
        shown = {"draft": found, "trouble": str(error), "files": found.files.order_by("name")}
        return render(request, "imports/unreadable.html", shown, status=422)
    return redirect("import_map", draft=draft)


@require_POST
def discard(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Forget the draft."""
    who = operator(request)
    with suppress(NotAllowed):
        drafts.discard(who, drafts.draft_of(who, draft))
    return redirect("data")
