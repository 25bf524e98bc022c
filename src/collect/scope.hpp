// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "collect/boot/given_image.hpp"

namespace kmodsec {

/// Which module files are opened and read.
enum class FileScope {
  none,
  loaded,
  named,
  loaded_or_all,  ///< Those of loaded modules; where no kernel runs, every one.
  all,
};

/// What that comes to on a host whose kernel runs, and in a tree of files.
constexpr FileScope settled(FileScope files, bool kernel_runs) {
  if (files != FileScope::loaded_or_all) return files;
  return kernel_runs ? FileScope::loaded : FileScope::all;
}

/// One thing that is collected only where a verb shows it.
enum class Part : std::uint8_t {
  digests,           ///< Hash module files, and hold them against their package.
  signatures,        ///< Verify signatures; SHA-256 of each file comes with it.
  packages,          ///< Who owns each module file.
  parameters,        ///< Live values of each loaded module; of the named ones.
  identity,          ///< What tells a loaded module from another build; of the named.
  indexes,           ///< The indexes of depmod as a whole, text and binary.
  users,             ///< What keeps each loaded module in use; the named ones.
  posture,           ///< Lockdown, Secure Boot, enforcement, log, keyrings, policy.
  writable,          ///< Who may change module files and configuration.
  masked,            ///< Where this process is shown other files than the host has.
  load_config,       ///< modprobe.d and its like; who may ask for modules.
  initramfs_images,  ///< What each initramfs holds.
  image_modules,     ///< Hold the modules in them against those that are installed.
  image_digests,     ///< Hash all of them, not only those that differ.
  other_kernels,     ///< Indexes and images of the installed kernels that do not run.
  changes,           ///< What a change of the host has to know: its tools, what its boot needs.
  baseline,          ///< How the host stands to its baseline.
  auditd,            ///< The rules of the audit system, and what it has of modules.
  known_cves,        ///< What tells which vulnerabilities a kernel has: its maker, its changelog.
  usage,             ///< What this host used, has and will ask for: see `learn`.
  count_             ///< Of the parts above; no part itself.
};

/// A set of parts: `{Part::indexes, Part::users}`; `|` is the union of two, `&` what both have.
class Parts {
 public:
  constexpr Parts() = default;
  constexpr Parts(std::initializer_list<Part> parts) {
    for (const Part part : parts) bits_ |= bit_of(part);
  }

  static constexpr Parts all() {
    Parts parts;
    parts.bits_ = bit_of(Part::count_) - 1;
    return parts;
  }

  constexpr bool has(Part part) const { return (bits_ & bit_of(part)) != 0; }

  constexpr bool has_any(Parts other) const { return (bits_ & other.bits_) != 0; }

  constexpr Parts& operator|=(Parts other) {
    bits_ |= other.bits_;
    return *this;
  }
  constexpr Parts& operator&=(Parts other) {
    bits_ &= other.bits_;
    return *this;
  }
  friend constexpr Parts operator|(Parts one, Parts other) { return one |= other; }
  friend constexpr Parts operator&(Parts one, Parts other) { return one &= other; }
  friend constexpr bool operator==(Parts, Parts) = default;

 private:
  static constexpr std::uint32_t bit_of(Part part) {
    static_assert(static_cast<unsigned>(Part::count_) < 32);
    return std::uint32_t{1} << static_cast<unsigned>(part);
  }

  std::uint32_t bits_ = 0;
};

/// How much is collected. A verb asks for what it shows, so that small questions stay fast.
struct CollectScope {
  std::string kernel;  ///< Release; empty: the live one, or every installed one.
  FileScope files = FileScope::none;
  std::vector<std::string> names;  ///< For `FileScope::named`, normalised.
  bool namesakes = false;          ///< Of these every file, not only the one that modprobe loads.
  std::vector<std::string> paths;  ///< Module files besides those of the tree.
  Parts parts;

  std::vector<std::string> besides;       ///< Modules whose files decide about those: read as well.
  std::vector<std::string> certificates;  ///< DER, given by the user, to look signers up in.
  std::vector<GivenImage> initramfs;      ///< Named by the user, besides those that are found.
  std::int64_t now = 0;                   ///< Seconds since 1970-01-01T00:00:00Z.
  unsigned jobs = 0;  ///< Files read at once; 0: as many as there are processors.
  std::function<void(std::size_t done, std::size_t all)> progress;  ///< Called by any thread.

  bool has(Part part) const { return parts.has(part); }
  bool has_any(Parts some) const { return parts.has_any(some); }
};

/// Everything: what a snapshot holds.
CollectScope whole_scope();

}  // namespace kmodsec
