# SPDX-License-Identifier: GPL-2.0-or-later
"""A tour: what `kmodsec audit` says about a Debian 12 host with a few things wrong."""

import sys

from .booting import run

MODULES = ("dummy", "loop", "usb_storage", "nf_conntrack", "nft_ct", "br_netfilter", "vfat", "ext4", "virtio_net", "virtio_blk",
           "udf", "sctp", "kmodsec_lab_clean")
LOADED = [name for name in MODULES if name != "kmodsec_lab_clean"]

DENIED = """\
# Rare file systems and protocols that this host does not need.
install udf /bin/false
blacklist udf
blacklist sctp
"""

SCRIPT = f"""
for module in {' '.join(LOADED)}; do modprobe --ignore-install $module; done
insmod /lib/modules/$(uname -r)/updates/lab/kmodsec_lab_clean.ko
kmodsec audit --color {{color}}
"""


def main() -> int:
    print("Booting Debian's 6.1 kernel in a virtual machine …", file=sys.stderr)
    color = "always" if sys.stdout.isatty() else "never"
    step = run(SCRIPT.format(color=color), kernel="6.1", modules=MODULES, dpkg=True,
               files={"/etc/modprobe.d/deny.conf": DENIED})
    sys.stderr.write(step.stderr)
    sys.stdout.write(step.output)
    return 0
