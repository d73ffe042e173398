"""Every algorithm, described once: for the API, the form in the UI, and the docs."""

from twinedge.ml.algorithms.model import Algorithm, Hyperparameter, Preparation, Task

_SEED = Hyperparameter("seed", "integer", 0, "Seed of every random choice", 0, 2**31 - 1)
_BUDGET = Hyperparameter(
    "contamination", "number", 0.01,
    "False-alarm budget: the share of training rows that may lie above the threshold", 0.0, 0.5,
)  # fmt: skip
_FACTOR = Hyperparameter(
    "factor", "number", 1.0, "The threshold is multiplied by this; higher means fewer alarms",
    0.1, 10,
)  # fmt: skip


def _window(default: int) -> Hyperparameter:
    return Hyperparameter(
        "window", "integer", default, "Rows of the rolling mean taken of every feature", 1, 600
    )


def _smooth(default: int) -> Hyperparameter:
    return Hyperparameter(
        "smooth", "integer", default, "Rows the raw score is averaged over", 1, 600
    )


def _trees(default: int) -> Hyperparameter:
    return Hyperparameter("n_estimators", "integer", default, "Number of trees", 10, 1000)


def _neighbours(default: int) -> Hyperparameter:
    return Hyperparameter("n_neighbors", "integer", default, "Neighbours looked at", 1, 100)


_BALANCED = Hyperparameter(
    "balanced", "boolean", False, "Give rare classes the same weight as common ones"
)
_CAP = Hyperparameter(
    "target_cap", "number", 0.0, "Cap of the target, such as 125 cycles of remaining life; 0: none",
    0, 1e12,
)  # fmt: skip


def _leaf(default: int) -> Hyperparameter:
    return Hyperparameter(
        "min_samples_leaf", "integer", default, "Fewest rows of a leaf", 1, 10_000
    )


def _share(default: float) -> Hyperparameter:
    return Hyperparameter(
        "max_features", "number", default, "Share of the features each split may choose from",
        0.01, 1,
    )  # fmt: skip


def _boosting(rounds: int, leaf: int, leaves: int, share: float) -> tuple[Hyperparameter, ...]:
    return (
        Hyperparameter("learning_rate", "number", 0.05, "Step of each boosting round", 0.001, 1),
        Hyperparameter("max_iter", "integer", rounds, "Boosting rounds", 10, 2000),
        Hyperparameter("max_leaf_nodes", "integer", leaves, "Most leaves of a tree", 2, 1024),
        _leaf(leaf),
        _share(share),
    )


_SLOPES = Hyperparameter(
    "window", "integer", 1,
    "Rolling rows: above 1 adds mean, spread and drift since the unit's start as features", 1, 600,
)  # fmt: skip

_CROSSED = Preparation(interactions=True)
_HORIZON = Hyperparameter("horizon", "integer", 12, "Rows ahead that are forecast", 1, 1440)


def _season(default: int) -> Hyperparameter:
    return Hyperparameter(
        "season", "integer", default, "Rows of one season, such as 24 of hourly rows; 1: none",
        1, 1440,
    )  # fmt: skip


CATALOGUE = (
    Algorithm(
        "adaptive_mahalanobis", "Adaptive Mahalanobis", Task.ANOMALY,
        "Distance from the normal operating point; tags that drift by themselves count less, and "
        "their baseline may follow. The best default for process data; contributions are exact.",
        (
            _window(5),
            Hyperparameter("shrink", "number", 0.5, "How far correlations are damped", 0, 1),
            Hyperparameter(
                "wander", "number", 0.6,
                "How much less tags count that drifted in training; 0: all count alike", 0, 2,
            ),
            Hyperparameter(
                "alpha", "number", 0.0,
                "How fast the baseline of drifting tags follows while all is well", 0, 0.1,
            ),
            _smooth(15),
            _BUDGET,
            Hyperparameter(
                "factor", "number", 1.35,
                "The threshold is multiplied by this; 1.5 and more for few alarms", 0.1, 10,
            ),
        ),
        recommended=True,
    ),
    Algorithm(
        "isolation_forest", "Isolation forest", Task.ANOMALY,
        "Rows that random cuts isolate quickly are strange. Equal to scikit-learn's.",
        (
            _trees(100),
            Hyperparameter(
                "contamination", "number", 0.05, "Share of training rows taken as strange",
                0.0001, 0.5,
            ),
            Hyperparameter("max_samples", "integer", 256, "Rows each tree sees", 16, 1_000_000),
            _window(1), _smooth(1), _SEED,
        ),
        goes_on=True,
    ),
    Algorithm(
        "robust_zscore", "Robust z-score", Task.ANOMALY,
        "The largest distance of a tag from its own median, in its own spread.",
        (_window(10), _smooth(60), _BUDGET, _FACTOR),
    ),
    Algorithm(
        "pca_t2q", "PCA, T² and Q", Task.ANOMALY,
        "Distance inside and outside the plane of the normal correlations.",
        (
            Hyperparameter("variance", "number", 0.85, "Share of variance kept", 0.5, 0.99),
            _window(10), _smooth(1), _BUDGET, _FACTOR,
        ),
    ),
    Algorithm(
        "autoencoder", "Autoencoder", Task.ANOMALY,
        "A small neural network that re-draws normal rows; what it cannot draw is strange.",
        (
            Hyperparameter("hidden", "integer", 16, "Width of the outer layers", 2, 128),
            Hyperparameter("bottleneck", "integer", 4, "Width of the middle layer", 1, 64),
            Hyperparameter("max_iter", "integer", 400, "Most training rounds", 10, 2000),
            _window(10), _smooth(30), _BUDGET, _FACTOR, _SEED,
        ),
        goes_on=True,
    ),
    Algorithm(
        "lof", "Local outlier factor", Task.ANOMALY,
        "Compares the density around a row with that around its neighbours. Keeps 5 000 rows.",
        (_neighbours(20), _window(10), _smooth(1), _BUDGET, _FACTOR, _SEED),
    ),
    Algorithm(
        "knn", "Nearest neighbours", Task.ANOMALY,
        "Mean distance to the nearest normal rows. Keeps 5 000 rows.",
        (_neighbours(5), _window(10), _smooth(1), _BUDGET, _FACTOR, _SEED),
    ),
    Algorithm(
        "one_class_svm", "One-class SVM", Task.ANOMALY,
        "A smooth border around the normal rows. Fits on 5 000 rows.",
        (
            Hyperparameter("nu", "number", 0.05, "Share of rows left outside", 0.001, 0.5),
            _window(10), _smooth(1), _BUDGET, _FACTOR, _SEED,
        ),
    ),
    Algorithm(
        "random_forest", "Random forest", Task.CLASSIFICATION,
        "Many trees that vote; sturdy with little data.",
        (_trees(200), _leaf(2), _share(0.5), _BALANCED, _SLOPES, _SEED),
        _CROSSED,
        goes_on=True,
    ),
    Algorithm(
        "gradient_boosting", "Gradient boosting", Task.CLASSIFICATION,
        "Trees that correct each other; usually the most accurate.",
        (*_boosting(200, 10, 8, 0.3), _BALANCED, _SLOPES, _SEED),
        _CROSSED,
        recommended=True,
    ),
    Algorithm(
        "logistic_regression", "Logistic regression", Task.CLASSIFICATION,
        "One weight a feature; the easiest to explain.",
        (
            Hyperparameter("c", "number", 1.0, "Freedom of the weights", 0.0001, 10_000),
            _BALANCED, _SLOPES,
        ),
        _CROSSED,
    ),
    Algorithm(
        "random_forest_regressor", "Random forest (value)", Task.REGRESSION,
        "Many trees, averaged: virtual sensors and remaining useful life.",
        (_trees(200), _leaf(5), _share(1.0), _CAP, _SLOPES, _SEED),
        goes_on=True,
    ),
    Algorithm(
        "gradient_boosting_regressor", "Gradient boosting (value)", Task.REGRESSION,
        "Trees that correct each other: virtual sensors and remaining useful life.",
        (*_boosting(300, 20, 31, 1.0), _CAP, _SLOPES, _SEED),
        recommended=True,
    ),
    Algorithm(
        "ridge", "Ridge regression", Task.REGRESSION,
        "One weight a feature, kept small.",
        (Hyperparameter("alpha", "number", 1.0, "How small the weights are kept", 0, 1e6),
         _CAP, _SLOPES),
    ),
    Algorithm(
        "seasonal_naive", "Seasonal naive", Task.FORECASTING,
        "What was measured at the same time one season ago; what every forecast has to beat.",
        (_HORIZON, _season(24)),
    ),
    Algorithm(
        "autoregression", "Autoregression", Task.FORECASTING,
        "Ridge regression on the last rows and on those one season ago, further tags included.",
        (
            _HORIZON, _season(1),
            Hyperparameter("lags", "integer", 24, "Last rows looked at", 1, 200),
            Hyperparameter("alpha", "number", 1.0, "How small the weights are kept", 0, 1e6),
        ),
        recommended=True,
    ),
    Algorithm(
        "boosted_autoregression", "Boosted autoregression", Task.FORECASTING,
        "Gradient boosting on the last rows, their mean and spread, and those one season ago: for "
        "seasons, states and steps that a weighted sum cannot follow.",
        (
            _HORIZON, _season(1),
            Hyperparameter("lags", "integer", 24, "Last rows looked at", 1, 200),
            *_boosting(200, 20, 15, 1.0)[:-1], _SEED,
        ),
    ),
)  # fmt: skip
