"""What scanners and telephones give becomes small, upright, legible pages; what is hostile or broken is refused."""

from __future__ import annotations

import io
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from backbone_core.attachment import MOST_BYTES, MediaType, Original
from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.scanning import files
from tests.scanning.scan_kit import (
    A4_300,
    CODE,
    READER,
    codes_on,
    jpeg,
    packed,
    pdf,
    png_that_says_it_is,
    sheet,
    tiff,
)


def picture(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


def refused(content: bytes) -> str:
    with pytest.raises(RuleBroken) as broken:
        READER.open(content).page(0)
    assert broken.value.field == "file"
    return broken.value.code


@pytest.mark.parametrize(("kind", "how", "original"), [
    ("JPEG", {"quality": 95}, Original.JPEG), ("PNG", {}, Original.PNG),
    ("TIFF", {"compression": "tiff_lzw"}, Original.TIFF), ("PDF", {"resolution": 300}, Original.PDF),
])
def test_a_sheet_at_300_dots_an_inch_stays_legible_below_300_kb(kind: str, how: dict[str, object],
                                                               original: Original) -> None:
    page = READER.open(packed(sheet(), kind, **how)).page(0)
    assert len(page.content) <= MOST_BYTES
    assert page.original is original
    assert codes_on(page.content) == [CODE]
    kept = picture(page.content)
    assert kept.size == (page.width, page.height)
    assert page.width >= 1240  # 150 dots an inch across an A4 sheet: 8-point print has 16 dots and more
    assert kept.mode == "RGB"  # the seal is red


def test_a_page_without_colour_is_kept_in_grey() -> None:
    assert picture(READER.open(packed(sheet(seal=False), quality=90)).page(0).content).mode == "L"


def test_black_and_white_is_kept_dot_for_dot() -> None:
    scanned = sheet(seal=False).convert("1", dither=Image.Dither.NONE)
    page = READER.open(packed(scanned, "TIFF", compression="group4")).page(0)
    assert page.media_type is MediaType.PNG
    assert (page.width, page.height) == A4_300
    assert ImageChops.difference(picture(page.content).convert("L"), scanned.convert("L")).getbbox() is None


def test_a_small_photograph_loses_nothing_but_what_it_tells_beside_its_dots() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret maker"
    exif[0x8825] = {2: (27.0, 30.0, 0.0)}  # where it was taken
    given = jpeg(exif=exif, comment=b"a secret comment")
    page = READER.open(given).page(0)
    kept = picture(page.content)
    assert not kept.getexif()
    assert "exif" not in kept.info
    assert b"ecret" not in page.content
    apart = ImageStat.Stat(ImageChops.difference(kept.convert("RGB"), picture(given)))
    assert max(apart.mean) < 0.1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_photograph_taken_sideways_stands_upright(kind: str) -> None:
    upright = sheet(size=(620, 877), code=False, seal=False)
    exif = Image.Exif()
    exif[0x0112] = 6
    page = READER.open(packed(upright.transpose(Image.Transpose.ROTATE_90), kind, exif=exif)).page(0)
    kept = picture(page.content).convert("L")
    assert kept.size == upright.size
    assert ImageStat.Stat(ImageChops.difference(kept, upright.convert("L"))).mean[0] < 3


def test_nothing_is_made_larger_and_noise_fits_too() -> None:
    page = READER.open(packed(Image.effect_noise((640, 480), 60))).page(0)
    assert (page.width, page.height) == (640, 480)
    noise = Image.merge("RGB", [Image.effect_noise((2480, 3508), 120) for _ in range(3)])
    assert len(READER.open(packed(noise, quality=90)).page(0).content) <= MOST_BYTES


def test_a_long_till_receipt_keeps_its_width() -> None:
    page = READER.open(packed(Image.effect_noise((800, 5600), 4), "PNG")).page(0)
    assert page.width >= 700


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "I;16", "CMYK", "1"])
def test_every_way_to_hold_a_picture_is_read_in_its_own_brightness(mode: str) -> None:
    grey = sheet(size=(413, 585), code=False, seal=False)
    if mode == "I;16":
        given = packed(grey.convert("L").convert("I").point(lambda dot: dot * 257).convert("I;16"), "TIFF")
    else:
        given = packed(grey.convert("L").convert(mode) if mode in {"LA", "1"} else grey.convert(mode),
                       "JPEG" if mode == "CMYK" else "PNG")
    kept = picture(READER.open(given).page(0).content).convert("L")
    assert ImageStat.Stat(kept).mean[0] == pytest.approx(ImageStat.Stat(grey.convert("L")).mean[0], abs=8)


def test_what_is_transparent_is_paper() -> None:
    page = READER.open(packed(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), "PNG")).page(0)
    assert ImageStat.Stat(picture(page.content).convert("L")).mean[0] > 250


def test_each_page_of_a_tiff_and_a_pdf_is_one() -> None:
    for opened in (READER.open(tiff(3)), READER.open(pdf(3))):
        assert opened.pages == 3
        assert len({opened.page(number).content for number in range(3)}) == 3
        opened.close()


def test_one_bad_page_of_ten_leaves_nine() -> None:
    whole = bytearray(tiff(10, compression="tiff_lzw"))
    with Image.open(io.BytesIO(whole)) as read:
        read.seek(4)
        (strip,), (length,) = read.tag_v2[273][:1], read.tag_v2[279][:1]
    whole[strip : strip + length] = b"\xff" * length
    opened = READER.open(bytes(whole))
    broken = []
    for number in range(opened.pages):
        try:
            opened.page(number)
        except RuleBroken as refusal:
            broken.append((number, refusal.code))
    assert broken == [(4, "scan.broken")]


# --- hostile and broken


def test_what_is_no_scan_is_refused_by_its_content() -> None:
    assert refused(b"") == "scan.empty"
    assert refused(b"MZ\x90\x00 a program with a harmless name") == "scan.kind"
    assert refused(packed(sheet(size=(100, 100), code=False), "BMP")) == "scan.kind"
    assert refused(b"%PDF-1.7 nothing follows") == "scan.broken"
    assert refused(b"\xff\xd8\xff\xe0 nothing follows") == "scan.broken"


def test_a_wrong_ending_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(jpeg())
    assert READER.open_file(path).page(0).original is Original.JPEG
    with pytest.raises(RuleBroken, match=r"scan\.unreadable"):
        READER.open_file(tmp_path / "gone.jpg")


@pytest.mark.parametrize("given", [jpeg(), packed(sheet(size=(413, 585), code=False), "PNG"), tiff(1), pdf()])
def test_a_file_that_was_cut_off_is_refused(given: bytes) -> None:
    assert refused(given[: len(given) // 3]) == "scan.broken"


@pytest.mark.parametrize("given", [
    png_that_says_it_is(20_000, 20_000), png_that_says_it_is(60_000, 60_000),
    # a photograph's size stands in two bytes each
    jpeg().replace((1169).to_bytes(2) + (827).to_bytes(2), (20_000).to_bytes(2) * 2),
])
def test_a_huge_picture_is_refused_before_it_is_unpacked(given: bytes) -> None:
    tracemalloc.start()
    began = time.perf_counter()
    assert refused(given) == "scan.large_picture"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40 << 20
    assert time.perf_counter() - began < 5


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    with path.open("wb") as handle:
        handle.truncate(files.MOST_BYTES + 1)
    with pytest.raises(RuleBroken, match=r"scan\.large"):
        READER.open_file(path)


def test_too_many_pages_are_refused() -> None:
    tiny = Image.new("1", (8, 8))
    given = packed(tiny, "TIFF", save_all=True, append_images=[tiny] * files.MOST_PAGES)
    assert refused(given) == "scan.many_pages"


def test_a_locked_pdf_is_told_from_a_broken_one(locked_pdf: bytes) -> None:
    assert refused(locked_pdf) == "scan.locked"


def test_of_two_files_in_one_only_the_dots_are_kept() -> None:
    both = jpeg() + b"PK\x03\x04 an archive behind a photograph <script>"
    page = READER.open(both).page(0)
    assert b"script" not in page.content
    assert b"PK\x03\x04" not in page.content


def test_a_long_narrow_page_of_a_pdf_is_bounded() -> None:
    given = packed(Image.new("L", (20, 14_000), 200), "PDF", resolution=72)
    page = READER.open(given).page(0)
    assert len(page.content) <= MOST_BYTES
    assert page.width * page.height <= 4_300_000


# --- the watched folder


def test_a_file_is_found_once_it_is_written_to_its_end(tmp_path: Path) -> None:
    watch = READER.watch(tmp_path)
    assert watch.look() == ()
    path = tmp_path / "SCAN_0001.JPG"
    path.write_bytes(jpeg()[:500])
    assert watch.look() == ()
    path.write_bytes(jpeg())
    assert watch.look() == ()
    (found,) = watch.look()
    assert (found.path, "SCAN" in found.mark) == (path, False)
    assert watch.look() == (found,)
    path.write_bytes(jpeg("other") + b"longer")
    assert watch.look() == ()
    (again,) = watch.look()
    assert again.mark != found.mark


def test_what_is_no_scan_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    for name in ("notes.txt", ".hidden.jpg", "~scan.jpg", "empty.png"):
        (tmp_path / name).write_bytes(b"" if name == "empty.png" else b"text")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "elsewhere.jpg").symlink_to(tmp_path / "notes.txt")
    watch = READER.watch(tmp_path)
    watch.look()
    assert watch.look() == ()
    assert len(os.listdir(tmp_path)) == 6


def test_a_folder_that_is_gone_is_told_and_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    watch = READER.watch(folder)
    with pytest.raises(Unavailable, match=r"scan\.folder_missing"):
        watch.look()
    folder.mkdir()
    (folder / "a.png").write_bytes(jpeg())
    watch.look()
    assert len(watch.look()) == 1
