"""Addresses of the data pages."""

from django.urls import path

from upswing.web.data import batches, invoices, owners, views

BATCH = "data/batches/<uuid:batch>"

urlpatterns = [
    path("data/", views.home, name="data"),
    path("data/batches/", batches.listed, name="batches"),
    path(f"{BATCH}/", batches.show, name="batch"),
    path(f"{BATCH}/undo/", batches.undo, name="batch_undo"),
    path(f"{BATCH}/again/", batches.again, name="batch_again"),
    path(f"{BATCH}/refused/", batches.refused, name="batch_refused"),
    path(f"{BATCH}/mapping.toml", batches.toml, name="batch_toml"),
    path(f"{BATCH}/file/", batches.file, name="batch_file"),
    path("data/invoices/", invoices.show, name="invoices"),
    path("data/owners/", owners.show, name="owners"),
    path("data/owners/forget/", owners.forget, name="owners_forget"),
    path("data/owners/merge/", owners.merge, name="owners_merge"),
]
