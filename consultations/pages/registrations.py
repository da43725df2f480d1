"""Fills the registries of lower packages; loaded when the app starts."""

from consultations.pages import fragments as fragments
