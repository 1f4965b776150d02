"""Passwords: the right one passes, nothing else does, and the hash is dear."""

from __future__ import annotations

from backbone_desktop.security.passwords import Argon2Passwords


def test_the_right_password_passes_and_no_other():
    passwords = Argon2Passwords()
    stored = passwords.hash("口令 Kouling-2019")
    assert stored.startswith("$argon2id$")
    assert "m=65536,t=3" in stored
    assert passwords.verify(stored, "口令 Kouling-2019")
    assert passwords.verify(stored, "口令 Kouling-２０１９"), "the input method was left in full width"
    assert not passwords.verify(stored, "口令 Kouling-2018")
    assert not passwords.verify(stored, "")


def test_two_hashes_of_one_password_differ():
    passwords = Argon2Passwords()
    assert passwords.hash("Kouling-2019") != passwords.hash("Kouling-2019")


def test_what_is_no_hash_lets_nobody_in():
    for stored in ("", "Kouling-2019", "$argon2id$v=19$m=1$broken", "$2b$12$" + "a" * 53):
        assert not Argon2Passwords().verify(stored, "Kouling-2019")
