"""Addresses of the standards."""

from django.urls import path

from upswing.web.standards import drafts, views

STANDARD = "standards/<uuid:standard>"
VERSION = f"{STANDARD}/v<int:number>"

urlpatterns = [
    path("standards/", views.listed, name="standards"),
    path(f"{VERSION}/", views.show, name="standard"),
    path(f"{VERSION}/agreement/", views.sign, name="standard_agreement"),
    path(f"{VERSION}/questions/", views.question, name="standard_questions"),
    path(f"{VERSION}/questions/<uuid:objection>/answer/", views.answer, name="standard_answer"),
    path("standards/new/", drafts.begin, name="standard_new"),
    path(f"{STANDARD}/draft/", drafts.edit, name="standard_draft"),
    path(f"{STANDARD}/draft/new/", drafts.begin_again, name="standard_draft_new"),
    path(f"{STANDARD}/draft/discard/", drafts.discard, name="standard_draft_discard"),
]
