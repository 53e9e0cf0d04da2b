"""How many pods a rate needs, and what an autoscaled fleet of them does under bursts, lost nodes and daily waves.

Everything here is computed from figures that were measured elsewhere (`parameters`); nothing is sent over a network.
"""
