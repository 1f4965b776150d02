"""Runs before the program in the finished folder: names the input methods that Qt may try, one after the other.

Qt's own libraries bring a way to IBus and none to Fcitx, which many Chinese desktops name in QT_IM_MODULE. Fcitx 5
answers to IBus's language as well, so that is tried next; without it nobody could type Chinese there.
"""

from __future__ import annotations

import os
import sys

if sys.platform.startswith("linux") and not os.environ.get("QT_IM_MODULES"):
    named = os.environ.get("QT_IM_MODULE", "")
    if named and named != "ibus":
        os.environ["QT_IM_MODULES"] = f"{named};ibus"
