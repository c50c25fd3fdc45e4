"""TEMPORARY"""


def of_edge(session, edge_id):
    try:
        from server.fleet import effective
    except ImportError:
        return None
    return effective.of_edge(session, edge_id)


def set_plan(session, edge_id, version, sha256, now):
    from server.fleet import desired

    if hasattr(desired, "set_plan"):
        desired.set_plan(session, edge_id, version, sha256, now)
