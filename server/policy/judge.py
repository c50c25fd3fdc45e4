"""From what is known of a case and the list (or the two versions of it) to the answer. Pure: the same matter, lists
and time give the same answer, today or in ten years.

The table R01-R24 answers for each item (`decide`). Over it lie, each with an entry of its own: the declared crisis,
the missing pledge, the lenity test, several items of one act, and two versions of the list.
"""

from collections.abc import Sequence
from datetime import datetime

from server.policy import kindness
from server.policy.answer import HOLDS, Answer, CrisisMeasure, ItemAnswer, Layer, SideAnswer
from server.policy.decide import decide
from server.policy.establish import Established, establish, look_back, nature_of
from server.policy.exemptions import ExemptionItem, ExemptionList
from server.policy.facts import Correction, Evidence, Facts, First, Harm, Severity, SubjectStanding
from server.policy.lenity import Lenity, bases_on, lenity
from server.policy.matter import Crisis, Matter, local_day
from server.policy.rules import BY_CODE, Decider, Result

OFF_LIST = "off the list"


def judge(matter: Matter, lists: Sequence[ExemptionList | None], at: datetime) -> Answer:
    """The answer at `at`. `lists`: the one in force at the act, then the present one where it is another.

    Both are run; the kinder result for the party counts; when both are equally kind, the one of the act's day.
    """
    sides = [_side(matter, listing, at) for listing in lists]
    ranks = [kindness.rank(side.one.result) for side in sides]
    chosen = ranks.index(min(ranks))
    return Answer(sides=sides, chosen=chosen, why=_why_chosen(sides, chosen))


def countings(matter: Matter, lists: Sequence[ExemptionList | None]) -> list[tuple[str, int, bool]]:
    """(nature, look-back months, whether exemptions count) for which `first` must be counted before judging."""
    needed = [_counting(matter, listing, item) for listing in lists for item in _items(matter, listing)]
    return list(dict.fromkeys(needed))


def _counting(matter: Matter, listing: ExemptionList | None, item: ExemptionItem | None) -> tuple[str, int, bool]:
    return nature_of(matter.violation, item), look_back(item), listing.exemptions_count if listing else True


def _items(matter: Matter, listing: ExemptionList | None) -> list[ExemptionItem | None]:
    codes = matter.items()
    if not codes:
        return [None]
    return [listing.item(code) if listing else None for code in codes]


def _side(matter: Matter, listing: ExemptionList | None, at: datetime) -> SideAnswer:
    codes: list[str | None] = [*matter.items()] or [None]
    answers = [
        _item(matter, listing, code, item, at)
        for code, item in zip(codes, _items(matter, listing), strict=True)
    ]  # fmt: skip
    decides, layers = _of_items(answers)
    return SideAnswer(list_version=listing.key if listing else None, items=answers, decides=decides, layers=layers)


def _item(
    matter: Matter, listing: ExemptionList | None, code: str | None, item: ExemptionItem | None, at: datetime
) -> ItemAnswer:
    test = _lenity(matter, listing, item, at)
    laws = _laws(listing, item, test)
    counted = matter.count(*_counting(matter, listing, item))
    told = establish(matter, item, laws, at, counted.first)
    decision = decide(told.facts)
    layers = [
        *_lenity_layer(test),
        *_crisis_layer(matter, code, told.facts, decision.result),
        *_pledge_layer(matter, decision.result),
    ]
    result = next((layer.result for layer in layers if layer.result is not None), decision.result)
    return ItemAnswer(
        item_code=code,
        item_name=item.name.zh if item else None,
        facts=told.facts,
        rule=decision.rule,
        table_result=decision.result,
        result=result,
        trace=list(decision.trace),
        priors=counted.priors,
        lenity=test,
        layers=layers,
        max_yuan=_max_yuan(item, laws, matter),
        needs_legal=_legal(decision.rule, item, layers),
        undecided=told.undecided,
        lighter=told.lighter,
        notes=_notes(told, item, code),
    )


def _notes(told: Established, item: ExemptionItem | None, code: str | None) -> list[str]:
    return told.notes if item or code is None else [f"item {code} is not in this version of the list", *told.notes]


def _legal(rule: str, item: ExemptionItem | None, layers: list[Layer]) -> bool:
    after_legal = BY_CODE[rule].decider is Decider.HEAD_AFTER_LEGAL
    return after_legal or bool(item and item.legal_review) or any(layer.needs_legal for layer in layers)


def _lenity(matter: Matter, listing: ExemptionList | None, item: ExemptionItem | None, at: datetime) -> Lenity | None:
    if listing is None or item is None:
        return None
    days = local_day(matter.began_at), local_day(matter.last_seen_at), local_day(at)
    return lenity(item, listing.statutes, *days, against=matter.party)


def _laws(listing: ExemptionList | None, item: ExemptionItem | None, test: Lenity | None) -> list[str]:
    if listing is None or item is None or test is None:
        return []
    return sorted({basis.law for basis in bases_on(item, listing.statutes, test.law_day)})


def _lenity_layer(test: Lenity | None) -> list[Layer]:
    if test is None or not (test.needed or test.spans):
        return []
    return [Layer(layer="lenity", matched=test.applies == "newer", why=test.why, needs_legal=test.needs_legal)]


def _crisis_layer(matter: Matter, code: str | None, facts: Facts, result: Result) -> list[Layer]:
    """First, slight, harmless, corrected, without intent: educate, no fine. What the list alone would send to legal
    review (R19) becomes "shall not"; an excluded item stays with legal review; nothing ever becomes worse.
    """
    crisis = _crisis_of(matter, code)
    if crisis is None:
        return []
    lacking = [name for name, holds in _crisis_conditions(matter, facts) if not holds]
    told = f"{crisis.name} ({crisis.source})"
    if lacking:
        return [Layer(layer="crisis", matched=False, why=f"{told}: not {', not '.join(lacking)}")]
    lifts = result is Result.T1_LEGAL_REVIEW
    why = f"{told}: first, slight, harmless, corrected, no intent: educate, no fine, not recorded as dishonesty"
    return [Layer(layer="crisis", matched=True, why=why, result=Result.EXEMPT_T1_SHALL if lifts else None)]


def _crisis_of(matter: Matter, code: str | None) -> Crisis | None:
    day = local_day(matter.began_at)
    return next(
        (
            crisis
            for crisis in matter.crises
            if crisis.began_on <= day <= (crisis.ended_on or day) and (not crisis.items or code in crisis.items)
        ),
        None,
    )


def _crisis_conditions(matter: Matter, facts: Facts) -> list[tuple[str, bool]]:
    return [
        ("established", facts.ev is Evidence.OK and facts.vio and facts.subj is SubjectStanding.KNOWN),
        ("first", facts.first is First.YES),
        ("slight", facts.sev is Severity.SLIGHT),
        ("harmless", facts.harm is Harm.NONE),
        ("corrected in time", facts.cor is Correction.IN_TIME),
        ("free of obstruction", not facts.obstruct),
        ("without intent", not matter.findings.get("intent")),
    ]


def crisis_measure(matter: Matter, answer: ItemAnswer) -> CrisisMeasure | None:
    """What the crisis means for the case, where its conditions are met."""
    crisis = _crisis_of(matter, answer.item_code)
    if crisis is None or not any(layer.layer == "crisis" and layer.matched for layer in answer.layers):
        return None
    return CrisisMeasure(crisis_id=crisis.id, name=crisis.name, source=crisis.source)


def _pledge_layer(matter: Matter, result: Result) -> list[Layer]:
    """A pledge that is missing sends T2 to legal review; T1 is unaffected (rules, edge case "refuses to sign")."""
    if result is not Result.EXEMPT_T2_MAY or matter.findings.get("pledge_signed"):
        return []
    refused = matter.findings.get("refused_to_sign")
    why = "the party refused to sign" if refused else "no signed pledge is on file"
    return [Layer(layer="pledge", matched=True, why=f"{why}: legal review goes first", needs_legal=True)]


def _of_items(answers: list[ItemAnswer]) -> tuple[int, list[Layer]]:
    """One act, several items: all must be exempt; then the heaviest decides; one fine at most (Penalty Law 29)."""
    if len(answers) == 1:
        return 0, []
    names = ", ".join(f"{answer.item_code} {answer.result}" for answer in answers)
    held = [index for index, answer in enumerate(answers) if answer.result in HOLDS]
    if held:
        return held[0], [Layer(layer="items", matched=True, why=f"{names}: one of them must wait, so all do")]
    if not all(kindness.is_exempt(answer.result) for answer in answers):
        worst = max(range(len(answers)), key=lambda index: kindness.rank(answers[index].result))
        why = f"{names}: not all are exempt, so the act is not; one fine at most, by the heavier (Penalty Law 29)"
        return worst, [Layer(layer="items", matched=True, why=why)]
    unknown = [answer.item_code for answer in answers if answer.max_yuan is None]
    heaviest = max(range(len(answers)), key=lambda index: (answers[index].max_yuan or 0, -index))
    why = f"{names}: all exempt; {answers[heaviest].item_code} is the heaviest and decides"
    if unknown:
        why += f"; the fine of {', '.join(map(str, unknown))} is not known, LEGAL says which is heavier"
    return heaviest, [Layer(layer="items", matched=True, why=why, needs_legal=bool(unknown))]


def _max_yuan(item: ExemptionItem | None, laws: list[str], matter: Matter) -> int | None:
    """The highest fine for this kind of party under the laws that apply; none when none is verified."""
    amounts = [
        fine.max_yuan
        for fine in (item.fines if item else [])
        if fine.law in laws
        and fine.verified
        and fine.max_yuan is not None
        and ("any" in (matter.party, fine.against) or fine.against == matter.party)
    ]
    return max(amounts, default=None)


def _why_chosen(sides: list[SideAnswer], chosen: int) -> str:
    if len(sides) == 1:
        return "the list in force at the act is the present one"
    shown = " / ".join(f"{side.list_version or OFF_LIST}: {side.one.result}" for side in sides)
    ranks = {kindness.rank(side.one.result) for side in sides}
    if len(ranks) == 1:
        return f"{shown}: equally kind, the list of the act's day counts"
    won = sides[chosen]
    return f"{shown}: {won.list_version or OFF_LIST} is kinder ({kindness.reason(won.one.result)})"
