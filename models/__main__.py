"""`python -m models …`"""

from models.cli import models_app

if __name__ == "__main__":
    models_app()
