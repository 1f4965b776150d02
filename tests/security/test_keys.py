"""The ways into the store: each opens it alone, a wrong one does not, and losing one never loses the key."""

from __future__ import annotations

import json
import shutil
from dataclasses import astuple, replace

import pytest

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.security.key_file import read_key_file, twin_of, write_key_file
from backbone_desktop.security.keys import DeviceKey, Mended, StoreKeys
from backbone_desktop.security.recovery_code import make_recovery_code
from backbone_desktop.security.signer import public_key_of

PROFILE, OTHER = "018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-000000000002"
PASSPHRASE = "四个字的 passphrase 1"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.json"


@pytest.fixture
def bare(path):
    """The keys of a profile on a machine without a keyring, and what was made."""
    keys = StoreKeys(path, PROFILE, None)
    made = keys.make(PASSPHRASE)
    keys.keep(made)
    return keys, made


@pytest.fixture
def held(path, memory_keyring):
    """The keys of a profile on a machine with a keyring, and what was made."""
    keys = StoreKeys(path, PROFILE, memory_keyring)
    made = keys.make()
    keys.keep(made)
    return keys, made


def refusal(code, act, *arguments):
    with pytest.raises((RuleBroken, Unavailable)) as refused:
        act(*arguments)
    assert refused.value.code == code
    return refused.value


def test_a_keyring_opens_the_store_and_so_does_the_recovery_code(held):
    keys, made = held
    assert len(made.store_key) == 32
    assert keys.from_keyring() == made.store_key
    assert keys.from_recovery_code(made.recovery_code.lower()) == made.store_key


def test_a_passphrase_opens_where_there_is_no_keyring(bare):
    keys, made = bare
    assert keys.from_keyring() is None
    assert keys.from_passphrase(PASSPHRASE) == made.store_key
    assert keys.from_recovery_code(made.recovery_code) == made.store_key


def test_a_passphrase_is_the_same_however_the_input_method_wrote_it(bare):
    keys, made = bare
    assert keys.from_passphrase(PASSPHRASE.replace("1", "１")) == made.store_key


def test_a_wrong_passphrase_and_a_wrong_code_do_not_open(bare):
    keys, _ = bare
    assert refusal("keys.wrong_passphrase", keys.from_passphrase, PASSPHRASE + "x").field == "passphrase"
    wrong = refusal("keys.wrong_recovery_code", keys.from_recovery_code, make_recovery_code())
    assert wrong.field == "recovery_code"
    refusal("keys.recovery_code_length", keys.from_recovery_code, "0000")


def test_a_machine_without_a_keyring_must_have_a_passphrase_worth_the_name(path):
    keys = StoreKeys(path, PROFILE, None)
    refusal("keys.passphrase_needed", keys.make)
    refusal("keys.passphrase_needed", keys.make, "   ")
    assert refusal("keys.passphrase_short", keys.make, "123456789").facts == {"least": 10}
    assert not path.exists()


def test_the_files_of_another_profile_and_damaged_ones_are_named(bare, tmp_path):
    keys, made = bare
    path = tmp_path / "keys.json"
    refusal("keys.not_this_store", StoreKeys(path, OTHER, None).from_passphrase, PASSPHRASE)
    whole = path.read_bytes()
    altered = whole.replace(b'"sealed": "', b'"sealed": "A', 1)
    for damaged in (b"", whole[:-30], altered, b"[]", b'{"sum": "x"}', b"\xff\xfe"):
        path.write_bytes(damaged)
        refusal("keys.damaged", keys.from_passphrase, PASSPHRASE)
        refusal("keys.damaged", keys.from_recovery_code, made.recovery_code)
        refusal("keys.damaged", keys.ways)
    path.unlink()
    refusal("keys.missing", keys.from_passphrase, PASSPHRASE)


def test_every_bit_of_the_file_counts(bare, tmp_path):
    path = tmp_path / "keys.json"
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Unavailable, match=r"^keys\.(damaged|not_this_store)$"):
            read_key_file(path, PROFILE)


def test_a_file_from_a_newer_program_is_not_guessed_at(bare, tmp_path):
    keys, _ = bare
    path = tmp_path / "keys.json"
    held = json.loads(path.read_bytes())
    path.write_text(json.dumps({**held, "schema": 99}))
    refusal("keys.newer", keys.from_passphrase, PASSPHRASE)


def test_a_blob_of_another_profile_does_not_open_even_with_its_own_secret(bare, tmp_path):
    """Somebody who may write to the folder cannot move a key that they know into it."""
    other_path = tmp_path / "other.json"
    other = StoreKeys(other_path, OTHER, None)
    made = other.make("another passphrase")
    other.keep(made)
    keys, _ = bare
    path = tmp_path / "keys.json"
    mine, theirs = read_key_file(path), read_key_file(other_path)
    write_key_file(path, replace(mine, passphrase=theirs.passphrase, recovery=mine.passphrase))
    refusal("keys.wrong_passphrase", keys.from_passphrase, "another passphrase")
    refusal("keys.damaged", keys.from_recovery_code, made.recovery_code)


def test_the_key_stands_nowhere_in_plain(bare, held, tmp_path):
    from base64 import b64encode

    for _, made in (bare, held):
        for file in tmp_path.iterdir():
            text = file.read_bytes()
            for secret in (made.store_key, made.device_seed, made.keyring_secret.encode()):
                assert secret not in text
                assert b64encode(secret) not in text
                assert secret.hex().encode() not in text
            assert made.recovery_code.encode() not in text
        assert made.recovery_code not in repr(made)
        assert "…" in repr(made)


def test_only_the_owner_may_read_the_file(bare, tmp_path):
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0


def test_a_lost_keyring_is_mended_from_the_recovery_code(held, path, memory, memory_keyring):
    keys, made = held
    memory.kept.clear()
    assert keys.from_keyring() is None
    assert [way.stands for way in keys.ways()] == [False, True, False]
    key = keys.from_recovery_code(made.recovery_code)
    assert keys.mend(key) == Mended("", DeviceKey.RENEWED)
    assert keys.from_keyring() == made.store_key
    assert keys.signer(key).public_key != public_key_of(made.device_seed)
    keys.signer(key).sign(b"works again")


def test_a_keyring_that_holds_another_profiles_key_is_not_believed(held, memory):
    keys, _ = held
    name = next(name for name in memory.kept if name[1].endswith(" store"))
    memory.kept[name] = "A" * 43 + "="
    assert keys.from_keyring() is None
    assert keys.ways()[0].code == "keys.way_keyring_other"


def test_a_keyring_that_was_not_opened_by_the_person_blocks_nothing(held, memory):
    keys, made = held
    memory.locked = True
    assert keys.from_keyring() is None
    assert keys.ways()[0].code == "keys.keyring_failed"
    assert keys.from_recovery_code(made.recovery_code) == made.store_key


def test_set_up_with_a_keyring_that_refuses_leaves_nothing(path, memory, memory_keyring):
    keys = StoreKeys(path, PROFILE, memory_keyring)
    made = keys.make()
    memory.locked = True
    refusal("keys.keyring_failed", keys.keep, made)
    assert list(path.parent.iterdir()) == []


def test_a_new_recovery_code_ends_the_old_one(bare):
    keys, made = bare
    code, device = astuple(keys.mend(made.store_key, passphrase="a wholly new phrase", new_code=True))
    assert device is DeviceKey.KEPT
    refusal("keys.wrong_recovery_code", keys.from_recovery_code, made.recovery_code)
    refusal("keys.wrong_passphrase", keys.from_passphrase, PASSPHRASE)
    assert keys.from_recovery_code(code) == keys.from_passphrase("a wholly new phrase") == made.store_key


def test_the_device_key_moves_into_a_keyring_that_comes_later(bare, path, memory, memory_keyring):
    _, made = bare
    assert read_key_file(path).device
    keys = StoreKeys(path, PROFILE, memory_keyring)
    assert keys.mend(made.store_key).device is DeviceKey.KEPT
    assert not read_key_file(path).device
    assert keys.signer(made.store_key).public_key == public_key_of(made.device_seed)
    keys.signer(made.store_key).sign(b"as before")


def test_a_session_without_a_keyring_does_not_end_the_device_key_of_another(held, path):
    """An administrator who comes over a terminal has no keyring; the clerk's session still has its own."""
    keys, made = held
    terminal = StoreKeys(path, PROFILE, None)
    mended = terminal.mend(terminal.from_recovery_code(made.recovery_code), passphrase="from the terminal")
    assert mended.device is DeviceKey.MISSING
    refusal("keys.device_missing", terminal.signer(made.store_key).sign, b"x")
    assert keys.from_keyring() == made.store_key
    keys.signer(made.store_key).sign(b"x")
    assert terminal.mend(made.store_key, renew_device=True).device is DeviceKey.RENEWED
    terminal.signer(made.store_key).sign(b"x")
    assert keys.from_keyring() == made.store_key
    keys.signer(made.store_key).sign(b"x")


def test_signatures_hold_and_a_lost_device_key_is_named(held, memory):
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    keys, made = held
    signer = keys.signer(made.store_key)
    public = Ed25519PublicKey.from_public_bytes(signer.public_key)
    public.verify(signer.sign(b"520625-2019-A03-000123"), b"520625-2019-A03-000123")
    with pytest.raises(InvalidSignature):
        public.verify(signer.sign(b"520625-2019-A03-000123"), b"520625-2019-A03-000124")
    memory.kept.clear()
    refusal("keys.device_missing", keys.signer(made.store_key).sign, b"x")


def test_the_twin_stands_in_for_a_damaged_file(bare, path):
    keys, made = bare
    assert not keys.mend_file()
    path.write_bytes(b"{")
    assert keys.mend_file()
    assert keys.from_passphrase(PASSPHRASE) == made.store_key
    path.unlink()
    twin_of(path).unlink()
    assert not keys.mend_file()


def test_a_full_disk_keeps_the_old_file(bare, path, tmp_path):
    """The folder for the new file is gone, which is as near to full as a test needs: the old one must stay."""
    keys, made = bare
    before = path.read_bytes()
    path.with_name("keys.json.new").mkdir()
    refusal("keys.not_written", lambda: keys.mend(made.store_key, new_code=True))
    assert path.read_bytes() == before
    shutil.rmtree(path.with_name("keys.json.new"))
    assert keys.from_recovery_code(made.recovery_code) == made.store_key
