"""派遣: who may and can go: the power list, teams, certificates, the duty roster, the load; and sampled patrols."""
