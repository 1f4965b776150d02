"""What belongs to the machine, not to the office: where the profile lies, language, brightness, text size, the log."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from backbone_desktop.settings.local import LocalSettings, read_settings, system_language, write_settings
from backbone_desktop.settings.paths import ProfilePaths, default_profile, resources_dir

if TYPE_CHECKING:
    from backbone_desktop.services.attachment_ports import Scans


class OnThisMachine:
    """`root` None is the folder that the system gives; `language` "" is the one that is set."""

    def __init__(self, root: Path | None, language: str) -> None:
        self._paths = ProfilePaths((root or default_profile()).absolute())
        self._resources = resources_dir()
        self._language = language

    @property
    def paths(self) -> ProfilePaths:
        return self._paths

    @property
    def resources(self) -> Path:
        return self._resources

    @property
    def is_set_up(self) -> bool:
        return self.paths.store.exists()

    @property
    def language(self) -> str:
        return self._language or self._settings.language or system_language()

    @property
    def look(self) -> str:
        return self._settings.look

    @property
    def text_size(self) -> int:
        return self._settings.text_size

    @property
    def last_account(self) -> str:
        """Who signed in last, so that the caret stands in the password field and nobody types it where it shows."""
        return self._settings.account

    @property
    def scan_folder(self) -> str:
        return self._settings.scan_folder

    @property
    def scan_clear(self) -> bool:
        return self._settings.scan_clear

    def set_scan_folder(self, folder: str, *, clear: bool) -> None:
        self._keep(replace(self._settings, scan_folder=folder, scan_clear=clear))

    @cached_property
    def scans(self) -> Scans:
        from backbone_desktop.printing.preview import drawing
        from backbone_desktop.scanning.files import ScanReader

        return ScanReader(drawing)

    def set_language(self, language: str) -> None:
        self._language = ""
        self._keep(replace(self._settings, language=language))

    def set_look(self, look: str) -> None:
        self._keep(replace(self._settings, look=look))

    def set_text_size(self, percent: int) -> None:
        self._keep(replace(self._settings, text_size=percent))

    def remember_account(self, name: str) -> None:
        if name != self._settings.account:
            self._keep(replace(self._settings, account=name))

    def start_logging(self) -> None:
        from backbone_desktop.settings.logs import start_logging

        start_logging(self.paths.logs)

    def stop_logging(self) -> None:
        from backbone_desktop.settings.logs import stop_logging

        stop_logging()

    @cached_property
    def _settings(self) -> LocalSettings:
        return read_settings(self.paths.settings)

    def _keep(self, settings: LocalSettings) -> None:
        self._settings = settings
        if self.is_set_up:  # a wizard that is given up leaves nothing behind
            write_settings(self.paths.settings, settings)
