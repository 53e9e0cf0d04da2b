"""The map from our probabilities to the scale of the Perspective API's models of 2018."""
