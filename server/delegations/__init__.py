"""授权审批: the door to written delegations of approval (the rules are in `server.cases.delegations`)."""
