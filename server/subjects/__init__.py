"""主体: who answers for a zone, and the unknown subject when nobody is bound."""
