"""The floor: Flask that says hello, on the same server."""

from flask import Flask

app = Flask(__name__)


@app.get("/k/x")
def hello() -> str:
    """Say hello where the real application shows a badge's page."""
    return "halo"
