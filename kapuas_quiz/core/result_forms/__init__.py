"""Result forms as exercises: a layout is data, its cross-totals are named rules."""
