"""What a phone is told for each kind of moment, and what its card must say of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.browser.rig.told_phone import BO, JUN, MINA, OLGA, ToldPhone

__all__ = ["MISSED", "MOMENTS", "PACKAGE", "Told", "turned_away"]

DEAL: dict[str, Any] = {
    "id": 9,
    "season": 1,
    "investor": BO,
    "venture": 5,
    "maker": MINA,
    "credits": 60,
    "hours": 0,
    "shares": 2500,
}
DEAL |= {"fee": 0, "source": "sheet", "round": 0, "delivered": 0, "fee_due": 0, "fee_paid": 0}
PACKAGE = {**DEAL, "id": 10, "credits": 0, "hours": 4, "shares": 100, "fee": 7, "source": "package"}
PITCH = {"maker": MINA, "space": OLGA, "season": 1, "venture": 5, "score": 33, "bar": 36, "desks": 2, "ahead": []}
ROLL = {"dice": 5, "spirit": 1, "help": 2, "misses": 0, "needed": 9}
MISSED: dict[str, Any] = {"dice": [3, 2], "roll": ROLL, "misses": 2}
PAYOUT = {"venture": 5, "seats": [MINA, BO], "season": 1, "price": "fair", "sales": 133, "spent": 213}
STEPS = {"goods": 39, "wage": 8, "rent": 12, "tax": 7, "reserve": 20, "dividend": 47}
DANGER = {"venture": 5, "seats": [MINA, BO], "space": OLGA, "season": 1, "sold": 133, "bar": 90, "reason": ""}
WAGE = {"amount": 8, "other": "venture:5", "reason": "wage", "season": 1}


def line(text: str, **values: object) -> dict[str, Any]:
    """Return a line of the log."""
    return {"text": text, "values": values}


def born(phone: ToldPhone) -> None:
    """Let Bo fund Mina's venture."""
    phone.open("matching", 3, venture={"5": {"born": False, "shares": {"1": 10000}}})
    shares = {"born": True, "shares": {"1": 7500, "3": 2500}}
    hand = {"deal": {"9": DEAL}, "maker": {"1": {"spirit": 6}}, "venture": {"5": shares}}
    phone.tell({**hand, "account": {"venture:5": {"balance": 120}}})


def turned_away(phone: ToldPhone) -> None:
    """Let a door stay shut."""
    phone.open("exchange", 2, {"pitch": {"1": {**PITCH, "outcome": "below"}}}, venture={"5": {"space": 0}})


def judged(phone: ToldPhone) -> None:
    """Let Olga's door give Bo a badge."""
    asked = {"investor": BO, "space": OLGA, "season": 1, "score": 50, "bar": 45, "outcome": "given"}
    phone.open("exchange", 2, {"application": {"3:4": asked}})


def came(phone: ToldPhone) -> None:
    """Let Mina and Jun come to Olga's door."""
    pitches = {
        "1": {**PITCH, "outcome": "below"},
        "2": {**PITCH, "maker": JUN, "venture": 6, "score": 60, "outcome": "given"},
    }
    phone.open("exchange", 2, {"pitch": pitches})


def teamed(phone: ToldPhone) -> None:
    """Let Mina come into Jun's team."""
    joined = line("cofounder_joined", venture=6, maker=MINA, shares=2000)
    phone.open("exchange", 2, log=[joined], venture={"6": {"cofounders": [MINA]}})


def listened(phone: ToldPhone) -> None:
    """Let Bo hear Jun's pitch."""
    phone.open("exchange", 2, log=[line("pitch_heard", venture=6, lo=4, hi=5)])


def taught(phone: ToldPhone) -> None:
    """Let Jun teach Mina."""
    phone.open("exchange", 2)
    log = [line("exchange_made", maker=JUN, seat=MINA), line("skill_learnt", maker=MINA, skill="business")]
    phone.open("matching", 3, log=log, maker={"1": {"skills": [2, 6, 4], "spirit": 6, "ties": [2]}})


def gave_a_clinic(phone: ToldPhone) -> None:
    """Let Bo teach Jun, and see its work."""
    phone.open("exchange", 2)
    look = {"investor": BO, "venture": 6, "lo": 3, "hi": 5, "list_lo": 2, "list_hi": 4}
    phone.open("matching", 3, {"look": {"3:6": look}}, [line("clinic_held", investor=BO, maker=JUN)])


def met_nobody(phone: ToldPhone) -> None:
    """Let Mina's spirit fade."""
    phone.open("exchange", 2)
    phone.open("matching", 3, maker={"1": {"spirit": 4}})


def refused(phone: ToldPhone) -> None:
    """Let Jun say no to an exchange."""
    phone.open("exchange", 2)
    asked: dict[str, Any] = {"id": 1, "what": "exchange", "sender": MINA, "receiver": JUN}
    asked |= {"season": 1, "status": "declined", "terms": {"learn": "business", "teach": "technology"}}
    phone.tell({"proposal": {"1": asked}}, [line("proposal_declined", maker=MINA, seat=JUN, reason="spent")])


def shaken(phone: ToldPhone) -> None:
    """Let Mina's and Bo's hands meet."""
    phone.open("matching", 3)
    phone.tell(log=[line("shook_hands", seat=BO)])


def granted(phone: ToldPhone) -> None:
    """Let Olga's space give Mina's venture a grant."""
    phone.open("matching", 3)
    grant = {"maker": MINA, "space": OLGA, "venture": 5, "season": 1, "credits": 20}
    phone.tell({"grant": {"5": grant}, "account": {"venture:5": {"balance": 80}}})


def helped(phone: ToldPhone) -> None:
    """Let Bo's hours come, and Lin's not."""
    phone.open("matching", 3)
    answer = {"seat": MINA, "season": 1, "venture": 5, "answers": {"3": "given", "8": "full"}}
    lin = {"8": {"id": 8, "role": "investor", "name": "Lin"}}
    phone.open("incubation", 4, {"list_answer": {"1": answer}}, deal={"10": PACKAGE}, seat=lin)


def tenants_born(phone: ToldPhone) -> None:
    """Let Jun's venture be born at Olga's desks."""
    phone.open("matching", 3)
    paid = {"1": {"id": 1, "season": 1, "reason": "birth_grant", "amount": 30, "other": "government"}}
    phone.open("incubation", 4, {"entry": paid}, [line("venture_born", venture=6)])


def stuck(phone: ToldPhone) -> None:
    """Let Mina's venture lack work for its dice."""
    world = {"need_pilot_technology": 14, "need_pilot_customers": 8, "need_pilot_business": 7}
    phone.open("incubation", 4, module={"world": world})
    phone.open("market", 5)


def worked(phone: ToldPhone) -> None:
    """Let the workshop take Jun's venture to its dice."""
    phone.open("incubation", 4)
    given = line("workshop_given", space=OLGA, venture=6, hours=2)
    phone.open("market", 5, log=[given], venture={"6": {"dice": [3, 6], "moved_up": True, "stage": 2}})


def sold(phone: ToldPhone) -> None:
    """Let the first sale be enough."""
    phone.open("market", 5)
    payout = {**PAYOUT, "steps": STEPS, "holders": {"1": 32, "3": 15}}
    hand = {"payout": {"5": payout}, "danger": {"5": DANGER}, "entry": {"a": WAGE}}
    phone.open("appraisal", 6, hand, account={"maker:1": {"balance": 100}})


def unsold(phone: ToldPhone) -> None:
    """Let a venture without a sale pay its rent."""
    phone.open("market", 5, venture={"5": {"sales": 0}})
    phone.open("appraisal", 6, account={"venture:5": {"balance": 48}})


def appraised(phone: ToldPhone) -> None:
    """Let Olga's space judge Bo below its bar."""
    phone.open("appraisal", 6)
    measured = {"served": 60, "growth": 10, "competition": 83, "weights": []}
    found = {"investor": BO, "space": OLGA, "season": 1, **measured, "score": 30, "bar": 34, "lost": True}
    phone.open("recap", 7, {"appraisal": {"3:4": found}})


def lived(phone: ToldPhone) -> None:
    """Let Olga's space rise, and clear a desk."""
    phone.open("appraisal", 6)
    paid = {"1": {"id": 1, "season": 1, "reason": "clearing", "amount": -10, "other": ""}}
    closed = line("venture_closed", venture=6, space=OLGA, reason="unfunded")
    phone.open("recap", 7, {"entry": paid}, [closed], space={"4": {"vitality": 52, "rating_mean": 433}})


def played(phone: ToldPhone) -> None:
    """Let Olga's wild card let Mina in."""
    phone.open("exchange", 2, log=[line("wild_card_played", space=OLGA, seat=MINA)])


def ended(phone: ToldPhone) -> None:
    """Let the venture miss its bar."""
    phone.open("appraisal", 6)
    danger = {**DANGER, "sold": 22, "bar": 25, "reason": "unsold"}
    closed = {"5": {"closed": "unsold", "closed_season": 1, "shares": None}}
    phone.open("recap", 7, {"danger": {"5": danger}}, venture=closed, maker={"1": {"skills": [3, 6, 3]}})


def recapped(phone: ToldPhone) -> None:
    """Let the season be counted."""
    phone.open("appraisal", 6)
    standing = {"seat": MINA, "season": 1, "parts": {"credits": 54, "shares": 77, "spirit": 24}}
    scores = {"1": {"seat": MINA, "standings": [155], "parts": {}}, "2": {"seat": 2, "standings": [160], "parts": {}}}
    phone.open("recap", 7, {"standing": {"1": standing}}, score=scores)


def shaken_up(phone: ToldPhone) -> None:
    """Let the host turn a card in the midst of a season."""
    phone.open("exchange", 2)
    world = {"policy": "stadium-bill", "effect": "tax", "tax": 20}
    phone.tell(log=[line("policy_shock", policy="stadium-bill")], world=world)


class Told(NamedTuple):
    """A kind of moment: whose phone, what happens, and what its card must say.

    title: its heading; sentence: what is said of it, and kept; shown: further words of the card, with its number.
    """

    seat: int
    happens: Callable[[ToldPhone], None]
    title: str
    sentence: str
    shown: str


MOMENTS: dict[str, Told] = {
    "door": Told(
        MINA,
        turned_away,
        "North Hall: not yet.",
        "You scored 33, the bar was 36. 2 of 3 desks stayed free. North Hall did not play its wild card.",
        "3 short",
    ),
    "badge": Told(BO, judged, "North Hall: your badge!", "You were judged 50, the bar was 45.", "bar 45"),
    "arrivals": Told(OLGA, came, "2 asked for a desk, 1 came in.", "2 asked for a desk, 1 came in.", "60"),
    "joined": Told(
        MINA,
        teamed,
        "You are in the team of Umbrella Relay, with 20%.",
        "You are in the team of Umbrella Relay, with 20%.",
        "leads it",
    ),
    "heard": Told(
        BO, listened, "You heard the pitch of Umbrella Relay.", "Its appeal is 4\N{EN DASH}5, of 6.", "Nobody else"
    ),
    "learned": Told(MINA, taught, "Jun taught you Business.", "3 to 4.", "a new tie"),
    "taught": Told(
        BO, gave_a_clinic, "You taught Jun.", "You taught Jun.", "the appeal of Umbrella Relay is 3\N{EN DASH}4 of 6."
    ),
    "faded": Told(MINA, met_nobody, "You met nobody this time.", "Your spirit went from 5 to 4.", "wins 1 back"),
    "declined": Told(
        MINA, refused, "Jun said no: nothing left to give.", "Jun said no: nothing left to give.", "Your exchange"
    ),
    "signed": Told(MINA, born, "Rice Robot is born!", "60 credits from Bo for 25%. You keep 75%.", "SIGNED"),
    "handshake": Told(
        MINA, shaken, "You and Bo shook hands.", "You and Bo shook hands.", "The rules give nothing for it"
    ),
    "grant": Told(
        MINA,
        granted,
        "A grant of 20 credits from North Hall for Rice Robot.",
        "A grant of 20 credits from North Hall for Rice Robot.",
        "80",
    ),
    "hours": Told(
        MINA,
        helped,
        "Bo will work for you, one will not.",
        "Lin chose others first: all hours were gone.",
        "fee 7, due in Market",
    ),
    "births": Told(
        OLGA,
        tenants_born,
        "One of those at your desks is born.",
        "Umbrella Relay; the government pays you 30.",
        "+30",
    ),
    "unrolled": Told(
        MINA,
        stuck,
        "No dice for Rice Robot this season.",
        "Still missing: Technology 2, Business 1.",
        "2 short",
    ),
    "tenants": Told(
        OLGA,
        worked,
        "Of 1 that rolled here, 1 moved on.",
        "2 hours of your workshop took it to the dice.",
        "Now a Pilot.",
    ),
    "market": Told(
        MINA, sold, "People buy Rice Robot!", "It had to sell 90: safe, 43 above. You get 40.", "must sell 90"
    ),
    "paid": Told(MINA, unsold, "Rice Robot sold nothing yet and paid 12.", "60 to 48.", "Rent"),
    "rated": Told(
        BO,
        appraised,
        "Your badge at North Hall ends.",
        "You were appraised at 30 of 100. The bar was 34.",
        "4 short",
    ),
    "space": Told(
        OLGA,
        lived,
        "How your space did",
        "Your vitality: 40 to 52. Your people rate you 4.3 of 5.",
        "Clearing the desk: Umbrella Relay",
    ),
    "wild_card": Told(
        OLGA,
        played,
        "Your wild card lets Mina in.",
        "Your wild card lets Mina in.",
        "One desk more is taken.",
    ),
    "bar": Told(
        MINA,
        ended,
        "Rice Robot closes here. What it taught stays.",
        "It sold 22. It had to sell 25.",
        "Your Technology",
    ),
    "season": Told(MINA, recapped, "How did season 1 go?", "You have 155 points, place 2 of 2.", "155"),
    "shock": Told(
        MINA,
        shaken_up,
        "In mid-season, a new card: Stadium Bill.",
        "This season the tax is 20%.",
        "forty thousand",
    ),
}
