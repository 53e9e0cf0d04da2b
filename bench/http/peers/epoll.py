"""The least that a server can do: floor.cc, one epoll loop with a fixed answer."""

from peers.peer import Peer, free_port


def start(setting):
    port = free_port()
    return Peer("epoll", [setting.floor, port, len(setting.answer)], port, setting)


def versions(setting):
    return "bench/http/floor.cc"
