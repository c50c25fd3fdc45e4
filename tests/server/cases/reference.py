"""The table of the domain rules (c), written down a second time: what the server saved is checked against it."""

TABLE = """
A0 A1:ai A2:sys
A1 A2:seat A3:seat W0:seat W1:seat C5:seat
W0 A2:sys W1:sys
W1 W2:dispatch V:superv
W2 W3:officer W1:officer WX:officer
W3 W4:officer WX:officer
W4 A3:officer C4:leader C5:leader W5:officer W6:officer W7:officer WX:officer
W5 W4:officer C7:leader
W6 W7:officer WX:officer L1:sys
WX W1:superv W2:superv W3:superv W4:superv W6:superv W9:superv
W9 W1:sys
W7 W8:verify
W8 W4:verify L1:verify C2:verify
L1 W6:officer L2:officer L3:officer L4:officer C3:leader C4:leader C6:head C8:head
L2 L1:officer
L3 L1:legal L4:legal
L4 L1:head L5:head C3:head
L5 C1:officer L8:party
C1 L8:party L9:head
C3 L8:party
L8 C1:head L9:head
L9 L1:officer C3:head C4:head V:head
A3 A1:superv
A2 A1:superv
C7 W4:leader
"""
MOVES: dict[tuple[str, str], str] = {
    (line.split()[0], pair.split(":")[0]): pair.split(":")[1]
    for line in TABLE.strip().splitlines()
    for pair in line.split()[1:]
}
"""(from, to) -> who."""
CLOSED = frozenset({"A2", "A3", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "V"})
PARTS = {"seat": "collector", "officer": "handler", "verify": "verifier", "leader": "approver", "head": "approver"}
"""Segregation: collector, handler, verifier, approver differ."""
