"""The screens as built files: the console, the officer's pages, the party's page. Nothing comes from outside."""
