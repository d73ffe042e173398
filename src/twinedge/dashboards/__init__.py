"""Dashboards: layouts of widgets, their versions and templates."""
