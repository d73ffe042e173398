"""What holds for the whole suite."""

from hypothesis import HealthCheck, settings

# How fast examples come says how busy the machine is, not whether the code is right; and the
# fixtures our properties share are built to be used again.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.function_scoped_fixture),
)
settings.load_profile("suite")
