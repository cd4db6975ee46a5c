"""Addresses of the import: drop, map, preview, run."""

from django.urls import path

from upswing.web.imports import steps, views

HERE = "data/imports/<uuid:draft>"

urlpatterns = [
    path("data/imports/", views.begin, name="imports"),
    path(f"{HERE}/map/", views.map_columns, name="import_map"),
    path(f"{HERE}/mapping.toml", views.toml, name="import_toml"),
    path(f"{HERE}/files/", views.files, name="import_files"),
    path(f"{HERE}/discard/", views.discard, name="import_discard"),
    path(f"{HERE}/preview/", steps.preview, name="import_preview"),
    path(f"{HERE}/refused/", steps.refused, name="import_refused"),
    path(f"{HERE}/run/", steps.run, name="import_run"),
]
