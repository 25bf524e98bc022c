# SPDX-License-Identifier: GPL-2.0-or-later
"""What Debian's kernels do with each file of `signature_cases`: the table, and how they are asked.

`tests/lab/test_keys.py` holds the table against the kernels; a verifier's verdicts can be held against the table.
"""

import errno
import os
import re
from typing import Any, NamedTuple

from . import keyrings, signature_cases
from .kernels import Kernel
from .results import Step

LOADS = "loads"
UNSIGNED = "loads with E"


class Row(NamedTuple):
    """`loads`, `loads with E` (taken for unsigned) or the name of insmod's error, by what the machine insists on."""

    plain: str
    """Nothing."""

    lockdown: str
    """Lockdown for integrity."""

    enforcing: str
    """`module.sig_enforce=1`."""

    secure_boot: str
    """Secure Boot, with the owner's keys and revocations. Debian's kernel then enforces signatures, too:
    ima_efi.c calls set_module_sig_enforced()."""


def _everywhere(verdict: str) -> Row:
    return Row(verdict, verdict, verdict, verdict)


GOOD = _everywhere(LOADS)
GOOD_BUT_REVOKED = Row(LOADS, LOADS, LOADS, "EKEYREJECTED")
ENROLLED = Row(UNSIGNED, "EPERM", "EKEYREJECTED", LOADS)
NOT_TRUSTED = Row(UNSIGNED, "EPERM", "EKEYREJECTED", "EKEYREJECTED")
"""No signature (ENODATA), an unknown key (ENOKEY) or an unknown method (ENOPKG)."""
NO_MODULE = Row("ENOEXEC", "EPERM", "EKEYREJECTED", "EKEYREJECTED")
"""Not signed, and not an ELF file either, which is seen later."""
WRONG = _everywhere("EKEYREJECTED")
MALFORMED = _everywhere("EBADMSG")
REFUSED_BY_KMOD = _everywhere("EINVAL")
NOT_DONE = _everywhere("EINVAL")
"""What the kernel's parser reads, and does not do."""

TABLE = {
    "genuine": GOOD,
    "genuine-xz": GOOD,
    "genuine-gz": NO_MODULE,  # Debian 12 builds kmod without zlib
    "genuine-zst": GOOD,
    "stripped": NOT_TRUSTED,
    "signed-after-xz": REFUSED_BY_KMOD,  # bytes after the end of the compressed stream
    "bit-in-text": WRONG,
    "bit-in-comment": WRONG,
    "bit-in-signature": WRONG,
    "bit-in-structure": MALFORMED,
    "bit-in-issuer": NOT_TRUSTED,
    "bit-in-serial": NOT_TRUSTED,
    "bit-in-magic": NOT_TRUSTED,
    "cut-by-a-byte": NOT_TRUSTED,
    "cut-in-half": NO_MODULE,
    "cut-signature": MALFORMED,
    "byte-after-magic": NOT_TRUSTED,
    "trailer-algo": MALFORMED,
    "trailer-hash": MALFORMED,
    "trailer-id-type": NOT_TRUSTED,
    "trailer-pgp": NOT_TRUSTED,
    "trailer-x509": NOT_TRUSTED,
    "trailer-signer-len": MALFORMED,
    "trailer-key-id-len": MALFORMED,
    "trailer-padding": MALFORMED,
    "trailer-length": MALFORMED,
    "trailer-length-huge": MALFORMED,
    "trailer-length-zero": MALFORMED,
    "moved": WRONG,
    "foreign": NOT_TRUSTED,
    "foreign-keyid": NOT_TRUSTED,
    "lookalike": NOT_TRUSTED,
    "twin": WRONG,
    "genuine-then-foreign": NOT_TRUSTED,
    "genuine-then-enrolled": ENROLLED,
    "genuine-twice": WRONG,
    "foreign-then-genuine": WRONG,
    "foreign-then-enrolled": ENROLLED,
    "rsa": ENROLLED,
    "rsa4096": ENROLLED,
    "p256": ENROLLED,
    "p384": ENROLLED,
    "p384-sha384": ENROLLED,
    "rsa-keyid": ENROLLED,
    "firmware": ENROLLED,  # Debian looks into .platform as well
    "without-identifier": ENROLLED,
    "rsa-md5": NOT_TRUSTED,
    "rsa-sha1": ENROLLED,
    "rsa-sha224": ENROLLED,
    "rsa-sha384": ENROLLED,
    "rsa-sha512": ENROLLED,
    "rsa-sha3-256": ENROLLED,
    "attributes": WRONG,
    "enclosed": MALFORMED,
    "wrapped-again": GOOD,
    "wrapped-version-0": NOT_DONE,
    "wrapped-version-3": MALFORMED,
    "wrapped-version-4": NOT_DONE,
    "wrapped-signer-0": NOT_DONE,
    "wrapped-signer-3": MALFORMED,
    "wrapped-both-3": NOT_DONE,  # it looks for a key without a name
    "wrapped-sha256-rsa": NOT_TRUSTED,
    "wrapped-pss": NOT_TRUSTED,
    "wrapped-ecdsa": GOOD,  # this kernel's own key is one of ECDSA
    "wrapped-rsa": WRONG,
    "wrapped-no-digests": MALFORMED,
    "wrapped-sequence": GOOD,
    "wrapped-halves": MALFORMED,
    "wrapped-old-certificate": MALFORMED,
    "wrapped-impostor": WRONG,
    "wrapped-trailing": GOOD,
    "wrapped-longest": GOOD,
    "wrapped-too-long": _everywhere("EMSGSIZE"),
    "two-enrolled": ENROLLED,
    "two-one-unknown": ENROLLED,
    "two-unknown": NOT_TRUSTED,
    "two-one-bad": NOT_TRUSTED,  # the bad number is only seen where the keys are known
    "inside": ENROLLED,
    "foreign-inside": NOT_TRUSTED,
    "leaf": NOT_TRUSTED,
    "leaf-inside": ENROLLED,
    "foreign-leaf-inside": NOT_TRUSTED,
    "revoked-leaf-inside": NOT_TRUSTED,
    "revoked-hash": ENROLLED,  # the kernel takes the time for a part of the hash, which then matches nothing
    "revoked-short-hash": NOT_TRUSTED,  # the key does not get into .machine
    "revoked-certificate": ENROLLED,  # CONFIG_SYSTEM_REVOCATION_LIST is not set
    "revoked-file": NOT_TRUSTED,
    "revoked-file-genuine": GOOD_BUT_REVOKED,
}
"""Kernel 6.12 of Debian 12."""

ON_6_1 = {
    "p256": NOT_TRUSTED,  # CONFIG_CRYPTO_ECDSA is not set
    "p384": NOT_TRUSTED,
    "p384-sha384": NOT_TRUSTED,
    "rsa-md5": ENROLLED,
    "rsa-sha3-256": NOT_TRUSTED,
    "wrapped-ecdsa": WRONG,  # this kernel's own key is one of RSA
    "wrapped-rsa": GOOD,
    "wrapped-impostor": NOT_DONE,  # what the other key opens the number to is not padded
}
"""Where kernel 6.1 differs."""


def expected(flavour: str) -> dict[str, Row]:
    """Name of a case → what kernel `6.1` or `6.12` does."""
    return TABLE | (ON_6_1 if flavour == "6.1" else {})


FOLDER = "/lab/cases"

LOAD_ALL = f"""
dmesg -c >/dev/null
for file in {FOLDER}/*; do
    echo "case ${{file##*/}}"
    insmod "$file" 2>&1
    for module in {' '.join(signature_cases.MODULES)}; do
        if [ -e /sys/module/$module ]; then
            read -r letters </sys/module/$module/taint
            echo "taint $letters"
            rmmod $module
        fi
    done
    dmesg -c
done
"""
"""A step that loads each file, and removes it again, so that no case disturbs the next.

A program takes long to start under emulation, so it starts few.
"""

STEPS_WITHOUT_OWNER = {
    "plain": LOAD_ALL,
    "lock down": "echo integrity >/sys/kernel/security/lockdown",
    "lockdown": LOAD_ALL,
    "enforce": "echo Y >/sys/module/module/parameters/sig_enforce",
    "enforcing": LOAD_ALL,
}
"""One boot for three columns of the table. The parameter does the same from the command line."""

STEPS_WITH_OWNER = {"secure_boot": LOAD_ALL}

ERRORS = {os.strerror(number): name for number, name in errno.errorcode.items()} | {
    "Invalid module format": "ENOEXEC",
    "Unknown symbol in module": "ENOENT",
    "Module has wrong symbol version": "ESRCH",
    "Invalid parameters": "EINVAL",
}
"""The words of insmod (kmod: tools/insmod.c) → the name of the error."""


def guest_without_owner(kernel: Kernel) -> dict[str, Any]:
    """Options of a guest for `STEPS_WITHOUT_OWNER`. It has what sha384 and sha512 need: a module in 6.1."""
    files = {f"{FOLDER}/{name}{case.suffix}": case.file for name, case in signature_cases.cases(kernel).items()}
    return {"kernel": kernel.flavour, "files": files, "modules": ["sha512_generic"]}


def guest_with_owner(kernel: Kernel) -> dict[str, Any]:
    """Options of a guest for `STEPS_WITH_OWNER`, which can also look into keyrings."""
    return guest_without_owner(kernel) | {
        "secure_boot": True, "mok": signature_cases.ENROLLED, "mokx": signature_cases.revocations(kernel),
        "db": signature_cases.IN_FIRMWARE, "programs": {keyrings.INSIDE: keyrings.program()}}


def read(step: Step) -> dict[str, str]:
    """Name of a case → what happened, from a step that ran `LOAD_ALL`."""
    _, *reports = re.split("^case ", step.output, flags=re.MULTILINE)
    return {report.split(".ko")[0]: _verdict(report) for report in reports}


def _verdict(report: str) -> str:
    for line in report.splitlines():
        if line.startswith("taint"):
            return f"loads with {line.removeprefix('taint ')}".removesuffix(" with ")
        if line.startswith("insmod: ERROR"):
            return ERRORS[line.rsplit(": ", 1)[1]]
    raise ValueError(f"neither loaded nor refused: {report}")
