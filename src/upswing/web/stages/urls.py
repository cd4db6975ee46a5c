"""Addresses of the stages and of their setup."""

from django.urls import path

from upswing.web.stages import drafts, stage, views

PIPELINE = "setup/stages/<uuid:pipeline>"

urlpatterns = [
    path("stages/", views.rules, name="stages"),
    path("setup/stages/", views.listed, name="pipelines"),
    path("setup/stages/new/", views.begin, name="pipeline_new"),
    path("setup/stages/names/", views.give, name="stage_names"),
    path(f"{PIPELINE}/", views.show, name="pipeline"),
    path(f"{PIPELINE}/draft/", drafts.edit, name="pipeline_draft"),
    path(f"{PIPELINE}/draft/new/", drafts.begin_again, name="pipeline_draft_new"),
    path(f"{PIPELINE}/draft/discard/", drafts.discard, name="pipeline_draft_discard"),
    path(f"{PIPELINE}/draft/stages/", stage.add, name="stage_new"),
    path(f"{PIPELINE}/draft/stages/<slug:key>/", stage.edit, name="stage"),
]
