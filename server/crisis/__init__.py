"""特殊情形: declared crises, days of heavy pollution, causes beyond a party's control."""
