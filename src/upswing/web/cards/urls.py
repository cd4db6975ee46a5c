"""Addresses of the cards' setup."""

from django.urls import path

from upswing.web.cards import drafts, pinning, views

TEMPLATE = "setup/cards/<uuid:template>"
PINS = "setup/cards/pins/<uuid:rep>"

urlpatterns = [
    path("setup/cards/", views.listed, name="cards"),
    path("setup/cards/new/", views.begin, name="card_new"),
    path(f"{TEMPLATE}/", views.show, name="card_template"),
    path(f"{TEMPLATE}/v<int:number>/", views.show, name="card_version"),
    path(f"{TEMPLATE}/end/", views.end, name="card_end"),
    path(f"{TEMPLATE}/draft/", drafts.edit, name="card_draft"),
    path(f"{TEMPLATE}/draft/new/", drafts.begin_again, name="card_draft_new"),
    path(f"{TEMPLATE}/draft/discard/", drafts.discard, name="card_draft_discard"),
    path(f"{PINS}/", pinning.pins, name="card_pins"),
    path(f"{PINS}/<uuid:pin>/off/", pinning.take_off, name="card_pin_off"),
]
