"""The metadata database: sessions in threads, one declarative base, migrations."""
