# SPDX-License-Identifier: GPL-2.0-or-later
"""USB devices that are plugged in while a guest runs, through QEMU's monitor, when a step asks for it."""

import socket
from pathlib import Path

USB_CONTROLLER = ("-device", "qemu-xhci,id=usb")

PLUGS = {
    "keyboard": "device_add usb-kbd,id=keyboard,bus=usb.0",
    "stick": "device_add usb-storage,id=stick,bus=usb.0,drive=stick",
}
"""What a step can ask for → the command of the monitor."""

ASKS = "please plug in the "


def ask_for(device: str) -> str:
    """The line of sh by which a step asks; the device is there a second later or two."""
    assert device in PLUGS
    return f"echo '{ASKS}{device}' >/dev/ttyS0"


def arguments(stick: Path | None, folder: Path) -> list[str]:
    """A controller, the disk that can be plugged in, and a monitor. `stick`: the image of the disk."""
    if stick is None:
        return ["-monitor", "none"]
    return ["-monitor", f"unix:{_monitor(folder)},server=on,wait=off", *USB_CONTROLLER,
            "-drive", f"if=none,id=stick,format=raw,snapshot=on,file={stick}"]


class Plugger:
    """Looks at a console for what steps ask for, and plugs each in once."""

    def __init__(self, console: Path, folder: Path) -> None:
        self._console, self._monitor = console, _monitor(folder)
        self._waiting = dict(PLUGS)

    def look(self) -> None:
        if not self._waiting or not self._monitor.exists() or not self._console.exists():
            return
        said = self._console.read_text(errors="replace")
        for device in [name for name in self._waiting if ASKS + name in said]:
            _tell(self._monitor, self._waiting.pop(device))


def _monitor(folder: Path) -> Path:
    return folder / "monitor"


def _tell(monitor: Path, command: str) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(monitor))
        connection.sendall(f"{command}\n".encode())
        _wait_until_taken(connection)


def _wait_until_taken(connection: socket.socket) -> None:
    """The monitor prompts for a command, and again when it has done it."""
    said = b""
    while said.count(b"(qemu)") < 2 and (piece := connection.recv(4096)):
        said += piece
