"""Alert rules, alerts and the people told of them."""
