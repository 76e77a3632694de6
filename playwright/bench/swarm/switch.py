"""A switch between network namespaces that holds every frame for a while: what the kernel's netem does where it is built
in. Rates are not its affair; tbf keeps those.

    switch.py DEVICE:MS ...

A frame waits for as long as the device it came by says and then as long as the one it leaves by says. Ends with its
standard input.
"""
import collections
import ctypes
import fcntl
import selectors
import socket
import struct
import sys
import time

EVERYTHING = 0x0003  # ETH_P_ALL
OUTGOING = 4  # PACKET_OUTGOING
MOST = 4000  # frames that may wait for one device
SIOCETHTOOL = 0x8946
# Checksums left to a card that is none, and frames larger than any, arrive broken or not at all.
OFFLOADS = {"rx": 0x15, "tx": 0x17, "sg": 0x19, "tso": 0x1F, "gso": 0x24, "gro": 0x2C}


def without_offloads(device):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for command in OFFLOADS.values():
            value = ctypes.create_string_buffer(struct.pack("II", command, 0))
            request = struct.pack("16sP", device.encode(), ctypes.addressof(value))
            try:
                fcntl.ioctl(any_socket, SIOCETHTOOL, request)
            except OSError:
                pass  # it has none of that kind


def main(words):
    if words[0] == "plain":
        return [without_offloads(device) for device in words[1:]]
    ports = {}
    waiting = {}
    selector = selectors.DefaultSelector()
    for word in words:
        device, delay = word.split(":")
        without_offloads(device)
        port = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERYTHING))
        port.bind((device, 0))
        port.setblocking(False)
        port.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        ports[device] = (port, float(delay) / 1000)
        # Of one way from one device to another all frames wait equally long, so that they stay in order.
        waiting[device] = {other.split(":")[0]: collections.deque() for other in words}
        selector.register(port, selectors.EVENT_READ, device)
    selector.register(sys.stdin, selectors.EVENT_READ, None)
    known = {}
    while True:
        queues = [queue for row in waiting.values() for queue in row.values() if queue]
        due = min((queue[0][0] for queue in queues), default=None)
        timeout = None if due is None else max(0, due - time.monotonic())
        for key, _ in selector.select(timeout):
            if key.data is None:
                return None
            receive(key.data, ports, waiting, known)
        now = time.monotonic()
        for row in waiting.values():
            for device, queue in row.items():
                while queue and queue[0][0] <= now:
                    try:
                        ports[device][0].send(queue.popleft()[1])
                    except OSError:
                        pass  # its line is full: this is where frames are lost


def receive(device, ports, waiting, known):
    port, delay = ports[device]
    for _ in range(64):
        try:
            frame, origin = port.recvfrom(65536)
        except BlockingIOError:
            return
        if origin[2] == OUTGOING:
            continue
        to, by = frame[:6], frame[6:12]
        known[by] = device
        others = [known[to]] if to in known else [other for other in ports if other != device]
        for other in others:
            queue = waiting[device][other]
            if other != device and len(queue) < MOST:
                queue.append((time.monotonic() + delay + ports[other][1], frame))


main(sys.argv[1:])
