"""`python -m feedsvc` is `feedsvc`."""


def main() -> None:
    """
    Run the command line.

    It is imported here: a worker of the sandbox reads the script that started us, which must not cost it the whole
    service.
    """
    from feedsvc.cli import main as run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
