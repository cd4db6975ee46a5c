"""Addresses of quotes, prices and the letterhead."""

from django.urls import path

from upswing.web.quotes import answers, beginning, drafts, leads, pdf, price_lists, prices, views

urlpatterns = [
    path("quotes/", views.listed, name="quotes"),
    path("quotes/new/", beginning.choose, name="quote_choose"),
    path("quotes/leads/<str:slug>/", leads.show, name="quote_leads"),
    path("deals/<uuid:deal>/quotes/new/", beginning.begin, name="quote_new"),
    path("quotes/<uuid:quote>/", drafts.show, name="quote"),
    path("quotes/<uuid:quote>/print/", drafts.printed, name="quote_print"),
    path("quotes/<uuid:quote>/quote.pdf", pdf.download, name="quote_pdf"),
    path("quotes/<uuid:quote>/discard/", drafts.discard, name="quote_discard"),
    path("quotes/<uuid:quote>/undo/", answers.undo, name="quote_undo"),
    path("quotes/<uuid:quote>/version/", answers.version, name="quote_version"),
    path("quotes/<uuid:quote>/seen/", answers.seen, name="quote_seen"),
    path("quotes/<uuid:quote>/accept/", answers.accept, name="quote_accept"),
    path("quotes/<uuid:quote>/decline/", answers.decline, name="quote_decline"),
    path("quotes/<uuid:quote>/withdraw/", answers.withdraw, name="quote_withdraw"),
    path("quotes/<uuid:quote>/take-back/", answers.take_back, name="quote_take_back"),
    path("setup/prices/", prices.listed, name="prices"),
    path("setup/prices/letterhead/", prices.letterhead, name="letterhead"),
    path("setup/prices/new/", price_lists.new, name="price_list_new"),
    path("setup/prices/<uuid:prices>/", price_lists.edit, name="price_list"),
    path("setup/prices/<uuid:prices>/delete/", price_lists.delete, name="price_list_delete"),
]
