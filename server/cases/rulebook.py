"""Publish what `configs/` says: exemption lists, violation rules, the calendar. At each start, only new versions."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from edge.contracts.violations import ViolationRule
from server.calendars.service import is_edited_here
from server.cases.calendar import Calendar
from server.config import ConfigError
from server.db import serialise
from server.policy.exemptions import ExemptionList
from server.policy.publication import CALENDAR, EXEMPTIONS, VIOLATION, publish, read_yaml


def publish_configs(
    session: Session, exemptions_dir: Path, violations_dir: Path, calendar_file: Path, now: datetime
) -> list[str]:
    """Publish every document not published yet; the names of the new ones.

    Raises ConfigError with every mistake of every file, or Conflict when a published version was edited.
    """
    serialise(session, "publish")
    lists, rules, calendars = load(exemptions_dir, violations_dir, calendar_file)
    new: list[str] = []
    for listing in lists:
        if publish(session, EXEMPTIONS, listing.id, listing.version, listing, now, author=listing.author):
            new.append(listing.key)
    for rule in rules:
        if publish(session, VIOLATION, rule.id, str(rule.version), rule, now):
            new.append(f"{rule.id}@{rule.version}")
    # From the first calendar published in the server on, that one counts: a new file must not undo what people set.
    for calendar in [] if is_edited_here(session) else calendars:
        if publish(session, CALENDAR, calendar.id, calendar.version, calendar, now):
            new.append(f"{calendar.id}@{calendar.version}")
    return new


def load(
    exemptions_dir: Path, violations_dir: Path, calendar_file: Path
) -> tuple[list[ExemptionList], list[ViolationRule], list[Calendar]]:
    """Every document, checked. Raises ConfigError naming each mistake with its file."""
    problems: list[str] = []
    lists: list[ExemptionList] = []
    rules: list[ViolationRule] = []
    calendars: list[Calendar] = []
    for files, model, into in (
        (sorted(exemptions_dir.glob("*.yaml")), ExemptionList, lists),
        (sorted(violations_dir.glob("*.yaml")), ViolationRule, rules),
        ([calendar_file] if calendar_file.exists() else [], Calendar, calendars),
    ):
        for file in files:
            try:
                into.append(read_yaml(file, model))  # type: ignore[arg-type]
            except ConfigError as error:
                problems += [f"{file.name}: {problem}" for problem in error.problems]
    if problems:
        raise ConfigError(exemptions_dir.parent, problems)
    return lists, rules, calendars
