// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// Whose source a kernel was built from, as far as that decides what it does with keys.
enum class KernelMaker {
  unknown,
  debian,   ///< From 6.1 on: asks .platform, and takes owner's keys into .machine always.
  red_hat,  ///< Fedora, RHEL and its rebuilds: asks .platform.
};

/// What a build says of itself, in several places that must agree.
struct BuildMarks {
  std::string release;                ///< As `uname -r` prints it.
  std::string banner;                 ///< As `uname -v` prints it, or what it ends.
  std::vector<std::string> built_in;  ///< Names of the keys that are built in.
};

/// Told by all of its marks together: a piece of a name is copied by every rebuild. Debian's banner
/// ends in the version of its source package and a date, and names the kernel's series as the
/// release does; the Red Hat family's release has the form of its packages to the end, and the key
/// of the build bears its name. A kernel of another maker that is built from the same sources with
/// the same marks has the same patches (debian: debian/patches/features/all/db-mok-keyring; fedora:
/// kernel-ark, "KEYS: Make use of platform keyring for module signature verify").
KernelMaker maker_of(const BuildMarks& marks);

}  // namespace kmodsec
