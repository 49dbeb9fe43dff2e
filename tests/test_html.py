"""Every page and feed of the demo and of the golden site, held against the standards they claim.

The pages are checked by the Nu Html Checker (validator.nu), the rest by reading it as a stranger would.
"""

import json
import posixpath
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from tests_shared import MODULES, BuiltSite  # placeholder
