"""Addresses of the own metrics' setup."""

from django.urls import path

from upswing.web.formulas import drafts, views

METRIC = "setup/metrics/<slug:key>"

urlpatterns = [
    path("setup/metrics/", views.listed, name="formulas"),
    path("setup/metrics/new/", views.begin, name="formula_new"),
    path(f"{METRIC}/", views.show, name="formula"),
    path(f"{METRIC}/archive/", views.archive, name="formula_archive"),
    path(f"{METRIC}/restore/", views.restore, name="formula_restore"),
    path(f"{METRIC}/draft/", drafts.edit, name="formula_draft"),
    path(f"{METRIC}/draft/new/", drafts.begin_again, name="formula_draft_new"),
    path(f"{METRIC}/draft/discard/", drafts.discard, name="formula_draft_discard"),
]
