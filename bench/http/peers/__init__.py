"""The servers that are compared, a file each: `start(setting)` runs one, `versions(setting)` names what it is."""

from peers import dss, epoll, fastapi, nginx, original

ALL = {"dss": dss, "nginx": nginx, "epoll": epoll, "fastapi": fastapi, "original": original}
"""In the order of the table. The ratios need dss; each other one may be left out."""
