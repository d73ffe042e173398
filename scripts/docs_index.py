"""Write docs/*/README.md: a link to every page of the folder, by its own first heading."""

from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
TITLES = {
    "guide": ("Guide", "How to do things."),
    "reference": ("Reference", "How things are. The REST API is described at `/docs` of a server."),
    "decisions": ("Decisions", "What a newcomer would question, and why it is so."),
}


def index(folder: str) -> str:
    """The index page of one folder."""
    title, about = TITLES[folder]
    lines = [f"# {title}", "", about, ""]
    for page in sorted((DOCS / folder).glob("*.md")):
        if page.name != "README.md":
            heading = page.read_text().split("\n", 1)[0].removeprefix("# ")
            lines.append(f"* [{heading}]({page.name})")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for name in TITLES:
        (DOCS / name / "README.md").write_text(index(name))
