# SPDX-License-Identifier: GPL-2.0-or-later
"""`kmodsec verify` and OpenSSL's own CMS command agree on a sample of real modules, whole and spoilt. No boot."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from lab import kernels, programs, signing
from lab.keys import Key

EVERY = 101
"""One module in so many is in the sample."""

KEYS = (Key("kmodsec lab RSA", serial=0x1001), Key("kmodsec lab P-384", "p384", serial=0x1004))
DIGESTS = ("sha1", "sha256", "sha512")


class AgainstOpenssl(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="kmodsec-openssl-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = Path(scratch.name)
        kernel = kernels.kernel("6.1")
        for number, path in enumerate(sorted(kernel.dependencies)[::EVERY]):
            content = signing.strip((kernel.modules / path).read_bytes())
            key, digest = KEYS[number % len(KEYS)], DIGESTS[number % len(DIGESTS)]
            good = signing.sign(content, key, digest=digest, by_key_identifier=number % 2 == 0)
            cls.write(f"{number}-good", good)
            cls.write(f"{number}-content", signing.flip(good, len(content) // 2))
            cls.write(f"{number}-signature", signing.flip_in_signature(good))

    @classmethod
    def write(cls, name: str, module: bytes) -> None:
        (cls.folder / f"{name}.ko").write_bytes(module)

    def by_kmodsec(self) -> dict[str, str]:
        certificates = [word for key in KEYS for word in ("--cert", key.certificate)]
        root, kernel = self.folder / "root", kernels.kernel("6.12")  # it knows all of these methods
        for folder in ("etc", "boot", f"lib/modules/{kernel.release}"):
            (root / folder).mkdir(parents=True)
        config = f"boot/config-{kernel.release}"
        (root / config).write_bytes((kernel.tree / config).read_bytes())
        (root / f"boot/vmlinuz-{kernel.release}").write_bytes(kernel.image.read_bytes())
        (root / f"lib/modules/{kernel.release}/modules.dep").write_bytes(b"")
        files = sorted(self.folder.glob("*.ko"))
        for file in files:
            (root / file.name).write_bytes(file.read_bytes())
        done = subprocess.run(
            [programs.product(None), "verify", *(f"/{file.name}" for file in files), "--root", root, *certificates,
             "--format", "json"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return {Path(module["path"]).stem: module["status"] for module in json.loads(done.stdout)["modules"]}

    def by_openssl(self, module: Path) -> bool:
        parts = signing.split(module.read_bytes())
        content, signature = self.folder / "content", self.folder / "signature"
        content.write_bytes(parts.content)
        signature.write_bytes(parts.signature)
        trusted = self.folder / "trusted.pem"
        trusted.write_text("".join(Path(key.certificate).read_text() for key in KEYS))
        return subprocess.run(
            ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", content,
             "-certfile", trusted, "-noverify", "-out", "/dev/null"],
            stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0

    def test_both_accept_and_refuse_the_same(self) -> None:
        ours = self.by_kmodsec()
        self.assertGreater(len(ours), 100)
        for name, status in ours.items():
            with self.subTest(name):
                self.assertEqual(status, "valid" if self.by_openssl(self.folder / f"{name}.ko") else "invalid")
                self.assertEqual(status == "valid", name.endswith("-good"))


if __name__ == "__main__":
    unittest.main()
