"""Start, test or demonstrate kapuas_quiz; also `app:app` for a WSGI server and `flask --app app`.

Every line here must parse on any Python, so that an unsuitable one is refused in words.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 14)


def refusal(version, implementation="cpython"):
    """Say why this Python cannot run the programme; None when it can.

    version: (major, minor, ...).  implementation: as in sys.implementation.name.
    """
    if implementation == "cpython" and OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    return (
        "kapuas_quiz memerlukan CPython 3.11, 3.12, 3.13, atau 3.14; yang dipakai sekarang %s %d.%d.\n"
        "Pasang salah satunya dari https://www.python.org/downloads/ lalu jalankan perintah yang sama "
        "dengan Python itu,\nmisalnya: python3.13 app.py. Data yang sudah ada tidak berubah."
    ) % (implementation, version[0], version[1])


def main(arguments):
    """Run one command and return its exit status."""
    implementation = getattr(getattr(sys, "implementation", None), "name", "cpython")
    problem = refusal(sys.version_info, implementation)
    if problem:
        sys.stderr.write(problem + "\n")
        return 2
    from kapuas_quiz.bootstrap import run

    return run(arguments)


def __getattr__(name):
    """Build a WSGI application when it is first asked for: `app`, or `demo` with invented data."""
    if name not in ("app", "demo"):
        raise AttributeError(name)
    import click

    from kapuas_quiz.factory import create_app
    from kapuas_quiz.settings import load_settings

    command = click.get_current_context(silent=True)
    serving = command is None or command.info_name == "run"
    globals()[name] = create_app(load_settings(demo=name == "demo", making=serving))
    return globals()[name]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
