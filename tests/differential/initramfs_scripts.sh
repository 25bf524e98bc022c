#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# initramfs_scripts.sh FOLDER: makes FOLDER/MAKER.sh, which prints "load NAME" and "blacklist NAME"
# for each that the initramfs of that maker takes from /proc/cmdline, out of the very scripts of the
# packages of this Debian. What is there already stays.
set -e
mkdir -p "$1"
cd "$1"

unpack() {
  [ -d "$1" ] && return
  apt-get download -qq -o APT::Sandbox::User=root "$1"
  dpkg -x "$1"_*.deb "$1.part"
  mv "$1.part" "$1"
}

initramfs_tools() {
  unpack initramfs-tools-core
  own=initramfs-tools-core/usr/share/initramfs-tools
  {
    echo 'main() { blacklist=; netconsole=; BOOT=; ROOT='
    awk '/^# Parse command line options/,/^done/' $own/init | sed 's/set -x//'
    echo '[ -n "${netconsole}" ] && echo "load netconsole"'
    sed -n '/^# sanity/,$p' $own/scripts/init-top/blacklist |
      sed 's/exit 0/return 0/; s#>> /etc/modprobe.d/initramfs.conf##'
    echo '}; main; true'
  } >initramfs-tools.part
  mv initramfs-tools.part initramfs-tools.sh
}

dracut() {
  unpack dracut-core
  own=dracut-core/usr/lib/dracut
  mkdir -p bin
  for name in dracut-getarg dracut-getargs; do ln -sf "$PWD/$own/dracut-util" bin/$name; done
  {
    echo "PATH=$PWD/bin:\$PATH"
    awk '/^(getcmdline|getargs|getarg|str_starts|trim)\(\) \{/,/^}/' \
      $own/modules.d/99base/dracut-lib.sh
    echo 'debug_on() { :; }; debug_off() { :; }; warn() { :; }; vinfo() { cat; }'
    echo 'initqueue() { :; }; modprobe() { echo "load $1"; }; _modprobe_d=.'
    sed -n '/^for i in \$(getargs rd.driver.pre/,$p' \
      $own/modules.d/90kernel-modules/parse-kernel.sh |
      sed 's#>> $_modprobe_d/initramfsblacklist.conf##'
    sed -n '/^for modlist/,$p' $own/modules.d/90kernel-modules/insmodpost.sh
    echo true
  } >dracut.part
  mv dracut.part dracut.sh
}

[ -e initramfs-tools.sh ] || initramfs_tools
[ -e dracut.sh ] || dracut
