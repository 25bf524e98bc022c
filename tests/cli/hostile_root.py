# SPDX-License-Identifier: GPL-2.0-or-later
"""A machine whose root is the attacker's: a table of what is planted in it, and what has to be said of each.

All of it is planted in one tree, after its owner has made a baseline of it. What the attacker aims at lies on the
examining host, in the folder `aim`."""

import json
import os
import struct
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from machine import RELEASE, Machine
from module_file import module_file
from packing import archive, compressed
from signing import certificate, signed

MODULES = f"lib/modules/{RELEASE}"
OTHER = "6.1.0-8-test"
SEPARATORS = "\x85\x9b\u202e"
"""C1 controls, and what turns a line round."""

LOOKS = {
    "audit": "audit --format json",
    "audit all": "audit --all",
    "verify": "verify --all",
    "verify json": "verify --all --format json",
    "doors": "doors --open",
    "doors dummy": "doors dummy",
    "list": "list --on-disk",
    "list json": "list --on-disk --format json",
    "doors fat": "doors fat",
    "show": "show loop",
    "cves": "cves",
    "events": "events",
    "plan": "plan",
    "check": "baseline check --against {store}",
    "own store": "baseline check --store {root}/var/lib/kmodsec/baseline.db",
    "record": "learn show",
    "export": "baseline show --store {store} --format sha256sum",
}
CHANGES = {
    "revert unasked": "revert",
    "apply unasked": "apply",
    "revert": "revert --yes",
    "deny": "deny fat --yes",
    "apply": "apply --yes",
}
VERBS = LOOKS | CHANGES


class Kept:
    """For a machine that outlives one test: whoever made its folder takes it away."""

    def addCleanup(self, *_: object) -> None:
        pass


@dataclass(frozen=True)
class Hostile:
    """The tree, and where on the examining host the attacker would write."""

    machine: Machine
    aim: str

    def place(self, path: str) -> Path:
        place = self.machine.folder / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


@dataclass(frozen=True)
class Plant:
    name: str
    put: Callable[[Hostile], None]
    told: dict[str, str] = field(default_factory=dict)
    """By verb: what must be found in all that it says."""

    never: dict[str, str] = field(default_factory=dict)
    """By verb: what must not be."""

    only_users: bool = False
    """What root sees all the same."""

    is_large: bool = False
    """More than a fuzzer can turn over."""


def saved(path: str, kind: str = "file", mode: int = 0o644, uid: int = 0, copy: str = "0") -> dict:
    return {"path": path, "path_hex": path.encode().hex(), "kind": kind, "target_hex": "", "mode": mode, "uid": uid,
            "gid": uid, "copy": copy, "made_by_program": False, "result": ""}


def put_journal(hostile: Hostile) -> None:
    """A transaction that was begun: its programs are undone, and its files put back, by who finds it."""
    owned = f"touch {hostile.aim}/owned"
    journal = {
        "schema": "kmodsec.transaction/1", "number": 1, "state": "begun", "time": 1790000000,
        "paths": [saved("/etc/set-id", mode=0o6755), saved("/../outside", mode=0o6755), saved("/etc/of-user", uid=12345)],
        "programs": [{"command": ["/bin/sh", "-c", owned], "undo": ["/bin/sh", "-c", owned]}],
    }
    folder = "var/lib/kmodsec/transactions/000001"
    hostile.place(f"{folder}/journal.json").write_text(json.dumps(journal))
    hostile.place(f"{folder}/0").write_text("#!/bin/sh\n")
    for program in ("usr/sbin/update-initramfs", "usr/bin/dracut", "usr/bin/mkinitcpio", "usr/bin/systemctl"):
        hostile.place(program).write_text(f"#!/bin/sh\n{owned}\n")
        hostile.place(program).chmod(0o755)


def put_hot_store(hostile: Hostile) -> None:
    """SQLite takes a journal beside its database for one that a crash left, and removes the file that it names as the
    journal of all databases (sqlite.org/fileformat2.html, 3: the rollback journal)."""
    hostile.place("var/lib/kmodsec/baseline.db").write_bytes(hostile.place("../store.db").read_bytes())
    page, magic = 4096, bytes.fromhex("d9d505f920a163d7")
    header = (magic + struct.pack(">IIIII", 0, 0, 5, 512, page)).ljust(512, b"\0")
    victim = f"{hostile.aim}/victim".encode()
    name = struct.pack(">I", 0x40000000 // page + 1) + victim
    name += struct.pack(">II", len(victim), sum(victim)) + magic
    hostile.place("var/lib/kmodsec/baseline.db-journal").write_bytes(header + name)


def cms(module: bytes, key: Path, certificate_file: Path, *named_by: str) -> bytes:
    command = ["openssl", "cms", "-sign", "-binary", "-noattr", "-nocerts", "-md", "sha256", "-outform", "DER",
               *named_by, "-signer", certificate_file, "-inkey", key]
    return subprocess.run(command, input=module, capture_output=True, check=True).stdout


def with_signature(module: bytes, signature: bytes) -> bytes:
    return module + signature + struct.pack(">BBBBB3xI", 0, 0, 2, 0, 0, len(signature)) + b"~Module signature appended~\n"


def put_twin_of_the_kernels_key(hostile: Hostile) -> None:
    """Another key under the name, the serial and the identifier of the one that the kernel has built in."""
    with tempfile.TemporaryDirectory() as folder:
        kernels, key, twin = (Path(folder, name) for name in ("kernels.der", "key.pem", "twin.pem"))
        kernels.write_bytes(certificate())
        shown = subprocess.run(["openssl", "x509", "-inform", "DER", "-in", kernels, "-noout", "-serial", "-ext",
                                "subjectKeyIdentifier"], capture_output=True, text=True, check=True).stdout.splitlines()
        serial, identifier = shown[0].partition("=")[2], shown[-1].strip()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", twin,
                        "-days", "9999", "-subj", "/CN=Build time autogenerated kernel key", "-set_serial", f"0x{serial}",
                        "-addext", f"subjectKeyIdentifier={identifier}"], capture_output=True, check=True)
        for name, named_by in (("twin", []), ("twin_by_id", ["-keyid"])):
            module = module_file(license="GPL", name=name)
            hostile.place(f"{MODULES}/kernel/{name}.ko").write_bytes(with_signature(module, cms(module, key, twin, *named_by)))
        subprocess.run(["openssl", "x509", "-in", twin, "-outform", "DER", "-out", hostile.place("var/lib/dkms/mok.pub")], check=True)


def put_dkms_folder(hostile: Hostile) -> None:
    """loop.ko is replaced and own.ko is new; something of their names lies where DKMS builds."""
    for name in ("loop", "own"):
        hostile.place(f"{MODULES}/kernel/{name}.ko").write_bytes(module_file(license="GPL", name=name, version="evil"))
        hostile.place(f"var/lib/dkms/{name}/1.0/{RELEASE}/x86_64/module/{name}.ko").write_bytes(b"")


def put_linked_folder(hostile: Hostile) -> None:
    hostile.place("opt/modules/behind_link.ko").write_bytes(module_file(license="GPL", name="behind_link"))
    hostile.place(f"{MODULES}/extra").symlink_to("/opt/modules")


def put_into_image(hostile: Hostile) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder, "usr/share/in_image.ko")
        inside.parent.mkdir(parents=True)
        inside.write_bytes(module_file(license="GPL", name="in_image"))
        Path(folder, "init").write_text("#!/bin/sh\ninsmod /usr/share/in_image.ko\n")
        hostile.place(f"boot/initrd.img-{RELEASE}").write_bytes(compressed(archive(Path(folder)), ".gz"))


def put_hidden_folder(hostile: Hostile) -> None:
    hostile.place(f"{MODULES}/updates/hidden.ko").write_bytes(module_file(license="GPL", name="hidden"))
    hostile.place(f"{MODULES}/updates").chmod(0o311)


def put_wrapped_signature(hostile: Hostile) -> None:
    """A SignedData of version 3, which the kernel refuses, around a signature that is right."""
    module = signed(module_file(license="GPL", name="wrapped"))
    at = module.index(b"\x02\x01\x01\x31")
    hostile.place(f"{MODULES}/kernel/wrapped.ko").write_bytes(module[:at] + b"\x02\x01\x03" + module[at + 3:])


ACCESS_LIST = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in (
    (0x01, 6, 0xFFFFFFFF), (0x02, 6, 1000), (0x04, 4, 0xFFFFFFFF), (0x10, 6, 0xFFFFFFFF), (0x20, 4, 0xFFFFFFFF)))
"""user::rw- user:1000:rw- group::r-- mask::rw- other::r-- (acl(5))"""


def put_access_list(hostile: Hostile) -> None:
    place = hostile.place("etc/modprobe.d/shared.conf")
    place.write_text("options fat a=1\n")
    os.setxattr(place, "system.posix_acl_access", ACCESS_LIST)


def put_other_binary_index(hostile: Hostile) -> None:
    """modprobe reads modules.alias.bin alone: there, a request that anybody can make brings in fat."""
    index, fat = hostile.place(f"{MODULES}/modules.alias"), hostile.place(f"{MODULES}/kernel/fat.ko")
    text, module = index.read_bytes(), fat.read_bytes()
    fat.write_bytes(module_file(name="fat", alias="net-pf-38"))
    subprocess.run(["depmod", "-b", hostile.machine.folder, RELEASE], check=True, capture_output=True)
    index.write_bytes(text)
    fat.write_bytes(module)


def put_special_files(hostile: Hostile) -> None:
    for path in ("etc/modprobe.d/waits.conf", "etc/modules-load.d/waits.conf", "etc/kmodsec/policy.d/waits.toml"):
        os.mkfifo(hostile.place(path))


def put_empty_kernel_config(hostile: Hostile) -> None:
    hostile.place(f"boot/config-{RELEASE}").write_bytes(b"\0garbage\n")


def put_deep_policy(hostile: Hostile) -> None:
    hostile.place("etc/kmodsec/policy.d/deep.toml").write_text("a" + ".a" * 400_000 + " = 1\n")


def put_bombs(hostile: Hostile) -> None:
    """Sixty parts of an image, each of which unpacks to 16 MiB."""
    bomb = compressed(bytes(16 << 20), ".gz")
    hostile.place(f"lib/modules/{OTHER}/modules.dep").write_text("")
    hostile.place(f"boot/initrd.img-{OTHER}").write_bytes(bomb * 60)


def put_names_that_move(hostile: Hostile) -> None:
    name = f"n{SEPARATORS}ame"
    hostile.place(f"{MODULES}/kernel/{name}.ko").write_bytes(signed(module_file(license="GPL", name=name)))
    forged = "0" * 64 + "  forged.ko"
    hostile.place(f"{MODULES}/kernel/a\n{forged}/z.ko").write_bytes(signed(module_file(license="GPL", name="z")))


BAD_POLICY = r"policy\.d/(?:deep|waits)\.toml"
"""Of a policy that cannot be used, the first reason is shown."""


def valid(module: str) -> str:
    return rf'"name": "{module}",\s+"path": "[^"]+",\s+"status": "valid"'


PLANTS = [
    Plant("a transaction that was begun", put_journal),
    Plant("a hot journal beside a store", put_hot_store),
    Plant("a twin of the kernel's key", put_twin_of_the_kernels_key, told={"verify": r"twin\.ko[\s\S]*twin_by_id\.ko"},
          never={"verify json": valid("twin") + "|" + valid("twin_by_id")}),
    Plant("a folder where DKMS builds", put_dkms_folder, told={
        "check": r"changed /\S+/loop\.ko[\s\S]*added /\S+/own\.ko", "verify": r"/loop\.ko[\s\S]*/own\.ko"}),
    Plant("modules behind a linked folder", put_linked_folder, told={
        "verify": "behind_link", "list": "behind_link", "check": r"behind_link\.ko", "audit all": "behind_link"}),
    Plant("a module anywhere in an image", put_into_image, told={
        "audit": "in_image", "check": f"in_image|added /boot/initrd.img-{RELEASE}"}),
    Plant("a folder that cannot be listed", put_hidden_folder, only_users=True, told={
        verb: f"{MODULES}/updates" for verb in ("verify", "list", "check", "audit all")}),
    Plant("a signature in another wrapping", put_wrapped_signature,
          told={"verify": r"wrapped\.ko"}, never={"verify json": valid("wrapped")}),
    Plant("an access list", put_access_list, told={
        "audit": r'"subject": "/etc/modprobe\.d/shared\.conf"'}),
    Plant("another binary index", put_other_binary_index, told={
        "doors fat": r"net[-_]pf[-_]38|modules\.alias\.bin", "audit": r"modules\.alias\.bin"}),
    Plant("special files", put_special_files, told={
        "audit": r"modprobe\.d/waits\.conf", "doors": r"modprobe\.d/waits\.conf", "plan": BAD_POLICY}),
    Plant("a kernel config of garbage", put_empty_kernel_config, told={"audit": f"boot/config-{RELEASE}"}),
    Plant("a policy of 400,000 dots", put_deep_policy, is_large=True, told={
        "plan": BAD_POLICY, "audit": BAD_POLICY}),
    Plant("an image of bombs", put_bombs, is_large=True, told={"audit": f"initrd.img-{OTHER}"}),
    Plant("names that move the cursor", put_names_that_move, never={
        verb: f"[{SEPARATORS}]" for verb in VERBS} | {"export": r"(?m)^0{64}  forged"}),
]


def plant_all(hostile: Hostile) -> list[Plant]:
    """Those that are there now."""
    planted = [plant for plant in PLANTS if os.geteuid() != 0 or not plant.only_users]
    for plant in planted:
        plant.put(hostile)
    return planted
