"""`python -m twinedge` and the `twinedge` command."""


def main() -> None:
    from twinedge.cli.main import app

    app()


if __name__ == "__main__":
    main()
