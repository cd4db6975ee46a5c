"""What a page asks again and again is asked once, and what changes something reads everything anew."""

from __future__ import annotations

from itertools import count

from django.http import HttpRequest, HttpResponse

from upswing.queries.once import asking, once
from upswing.web.shared.reading import AskedOnce


@once
def next_number(of: str = "") -> int:
    return next(NUMBERS)


NUMBERS = count()


def test_outside_of_a_page_every_question_is_asked():
    assert next_number() != next_number()


def test_on_a_page_the_same_question_is_asked_once():
    with asking():
        first = next_number()
        assert next_number() == first
        assert next_number("other") != first
        assert next_number(of="other") != next_number("other")
    assert next_number() != first


def test_a_question_that_failed_is_asked_again():
    answers = iter([ValueError("busy"), 1])

    @once
    def asked() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with asking():
        try:
            asked()
        except ValueError:
            assert asked() == 1


def test_reading_shares_answers_and_changing_does_not():
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{next_number()} {next_number()}")

    for method, shared in (("GET", True), ("HEAD", True), ("POST", False), ("DELETE", False)):
        request = HttpRequest()
        request.method = method
        one, other = AskedOnce(page)(request).content.split()
        assert (one == other) is shared
