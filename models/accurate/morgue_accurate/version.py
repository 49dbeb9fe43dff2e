"""The version of the model and its code, also the distribution's."""

VERSION = "1.1.1"
