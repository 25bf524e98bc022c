# SPDX-License-Identifier: GPL-2.0-or-later
"""The command of kmodsec-data-fetch.service, as systemd would run it: what it brings, and when it fails."""

import http.server
import os
import shlex
import shutil
import ssl
import subprocess
import threading
import unittest
from functools import partial
from pathlib import Path

from kmodsec_cli import TREE, FolderTest

UNIT = TREE / "packaging/systemd/kmodsec-data-fetch.service"
LARGEST = 16 * 1024 * 1024


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@unittest.skipUnless(shutil.which("curl") and shutil.which("openssl"), "needs curl and openssl")
class Fetch(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        for name in ("web", "run"):
            (self.folder / name).mkdir()
        self.write("web/cves.tsv", "tables\n")
        self.write("web/cves.tsv.sig", "signature")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", self.folder / "key", "-out", self.folder / "crt",
                        "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(self.folder / "web")))
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "crt", self.folder / "key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def fetch(self, address: str = "", scheme: str = "https", **environment: str) -> int:
        address = address or f"{scheme}://127.0.0.1:{self.server.server_port}"
        (line,) = (line for line in UNIT.read_text().splitlines() if line.startswith("ExecStart="))
        words = [word.replace("%t/kmodsec-data", str(self.folder / "run")).replace("${KMODSEC_DATA_URL}", address)
                 for word in shlex.split(line.removeprefix("ExecStart="))]
        trust = {"CURL_CA_BUNDLE": str(self.folder / "crt")} | environment
        return subprocess.run(words, env=os.environ | trust, capture_output=True, check=False).returncode

    def brought(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in sorted(Path(self.folder, "run").iterdir())}

    def test_both_files(self) -> None:
        self.assertEqual(self.fetch(), 0)
        self.assertEqual(self.brought(), {"cves.tsv": "tables\n", "cves.tsv.sig": "signature"})

    def test_a_missing_file_is_a_failure(self) -> None:
        for name in ("cves.tsv.sig", "cves.tsv"):
            (self.folder / "web" / name).unlink()
            self.assertNotEqual(self.fetch(), 0, name)

    def test_a_file_that_is_too_large_is_a_failure(self) -> None:
        self.write("web/cves.tsv", "x" * (LARGEST + 1))
        self.assertNotEqual(self.fetch(), 0)

    def test_a_server_that_nobody_vouches_for_is_a_failure(self) -> None:
        self.assertNotEqual(self.fetch(CURL_CA_BUNDLE="/etc/ssl/certs/ca-certificates.crt"), 0)
        self.assertEqual(self.brought(), {})

    def test_other_ways_than_tls_are_refused(self) -> None:
        self.assertNotEqual(self.fetch(scheme="http"), 0)
        self.assertNotEqual(self.fetch(f"file://{self.folder}/web"), 0)
        self.assertEqual(self.brought(), {})

    def test_an_address_is_one_argument(self) -> None:
        self.assertNotEqual(self.fetch(f"https://127.0.0.1:{self.server.server_port} --output {self.folder}/elsewhere"), 0)
        self.assertFalse((self.folder / "elsewhere").exists())


if __name__ == "__main__":
    unittest.main()
