"""`python -m twinedge` and the `twinedge` command."""


def main() -> None:
    from twinedge.cli.main import app, run
    from twinedge.demo.commands import app as demo

    app.add_typer(demo, name="demo")
    run()


if __name__ == "__main__":
    main()
