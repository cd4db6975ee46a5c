"""Public identifiers are UUIDs of version 7: unique, and ordered by creation."""

from upswing.people.identity import uuid7


def test_an_identifier_is_a_uuid_of_version_seven():
    assert (uuid7().version, uuid7().variant) == (7, "specified in RFC 4122")


def test_identifiers_differ_and_begin_with_the_time():
    made = [uuid7() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert [uid.int >> 80 for uid in made] == sorted(uid.int >> 80 for uid in made)
