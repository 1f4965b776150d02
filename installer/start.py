"""Where the finished program begins."""

from __future__ import annotations

import sys

from backbone_desktop.__main__ import main

sys.exit(main())
