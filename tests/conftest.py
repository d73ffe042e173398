"""What holds for the whole suite."""

from hypothesis import HealthCheck, settings

# How fast examples come says how busy the machine is, not whether the code is right; and the
# fixtures our properties share are built to be used again. The suite asks the same questions each
# time, so that nothing fails by luck; `--hypothesis-profile=hunt` asks others.
settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.function_scoped_fixture),
)
settings.register_profile("hunt", settings.get_profile("suite"), derandomize=False)
settings.load_profile("suite")
