"""The same models on two engines: real ones to build on, and what compares them."""
