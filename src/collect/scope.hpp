// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kmodsec {

/// Which module files are opened and read.
enum class FileScope { none, loaded, named, all };

/// How much is collected. A verb asks for what it shows, so that small questions stay fast.
struct CollectScope {
  std::string kernel;  ///< Release; empty: the live one, or every installed one.
  FileScope files = FileScope::none;
  std::vector<std::string> names;  ///< For `FileScope::named`, normalised.
  std::vector<std::string> paths;  ///< Module files besides those of the tree.
  bool digests = false;            ///< Hash module files, and hold them against their package.
  bool signatures = false;         ///< Verify signatures; SHA-256 of each file comes with it.
  std::vector<std::string> certificates;  ///< DER, given by the user, to look signers up in.
  bool packages = false;                  ///< Who owns each module file.
  bool parameters = false;                ///< Live values of each loaded module; of the named ones.
  bool identity = false;       ///< What tells a loaded module from another build; of the named.
  bool indexes = false;        ///< The indexes of depmod as a whole, text and binary.
  bool holders = false;        ///< What keeps each loaded module in use; the named ones.
  bool posture = false;        ///< Lockdown, Secure Boot, enforcement, log, keyrings, policy.
  bool writable = false;       ///< Who may change module files and configuration.
  bool hidden = false;         ///< Where this process is shown other files than the host has.
  bool load_config = false;    ///< modprobe.d and its like; who may ask for modules.
  bool boot_images = false;    ///< What each initramfs holds.
  bool image_modules = false;  ///< Hold the modules in them against those that are installed.
  bool image_digests = false;  ///< Hash all of them, not only those that differ.
  bool other_kernels = false;  ///< Indexes and images of the installed kernels that do not run.
  bool changes = false;  ///< What a change of the host has to know: its tools, what its boot needs.
  bool baseline = false;     ///< How the host stands to its baseline.
  bool auditing = false;     ///< The rules of the audit system, and what it has of modules.
  bool known_holes = false;  ///< What tells which holes a kernel has: its maker, its changelog.
  std::int64_t now = 0;      ///< Seconds since 1970-01-01T00:00:00Z.
  unsigned jobs = 0;         ///< Files read at once; 0: as many as there are processors.
  std::function<void(std::size_t done, std::size_t all)> progress;  ///< Called by any thread.
};

/// Everything: what a snapshot holds.
CollectScope whole_scope();

}  // namespace kmodsec
