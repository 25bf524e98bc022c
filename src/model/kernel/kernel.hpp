// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/host/ownership.hpp"
#include "model/seen.hpp"

namespace kmodsec {

enum class Lockdown { none, integrity, confidentiality };
enum class SecureBoot { enabled, disabled, unsupported };

/// The program that the kernel runs to load a module on demand (kernel.modprobe).
struct ModprobeHelper {
  std::string path;               ///< Empty: this kernel asks for no modules.
  Seen<std::string> resolved;     ///< The file that its links lead to.
  std::vector<Ownership> owners;  ///< The file and the folders above it that are there.
};

struct KernelLogLine {
  std::uint64_t sequence = 0;
  std::uint64_t microseconds = 0;  ///< Since boot.
  std::string text;
};

/// An asymmetric key of the kernel.
struct KernelKey {
  std::string subject;
  std::string id;  ///< Subject key id of its certificate, else the serial number, hex.
};

/// One of the kernel's own keyrings, whose names start with a dot.
struct Keyring {
  std::string name;
  std::uint64_t keys = 0;  ///< Entries of any kind.
  Seen<std::vector<KernelKey>> members;
};

/// Build options that bear on modules: CONFIG_MODULE_SIG and the like, with "y", "m", "n" or text.
using KernelConfig = std::map<std::string, std::string>;

/// State of the kernel that runs, or of a captured one. Every member is a value, or why not.
struct KernelState {
  KernelState();
  KernelState(const KernelState&);
  KernelState(KernelState&&) noexcept;
  KernelState& operator=(const KernelState&);
  KernelState& operator=(KernelState&&) noexcept;
  ~KernelState();

  Seen<std::string> release;
  Seen<std::string> version;  ///< The build's banner, as `uname -v` prints it.
  Seen<std::string> arch;
  Seen<bool> modules_supported;
  Seen<bool> modules_disabled;
  Seen<bool> sig_enforce;
  Seen<Lockdown> lockdown;
  Seen<SecureBoot> secure_boot;
  Seen<std::uint64_t> taint;
  Seen<ModprobeHelper> modprobe_helper;
  Seen<KernelConfig> config;
  Seen<bool> kexec_load_disabled;
  Seen<std::string> command_line;
  Seen<std::vector<std::string>> security_modules;
  Seen<std::vector<KernelLogLine>> log;  ///< Lines on taint, signatures, verification, lockdown.
  Seen<std::vector<Keyring>> keyrings;
  Seen<std::string> build_id;  ///< Of the running image, hex (/sys/kernel/notes).

  /// "gzip", "xz" or "zstd": what this kernel unpacks itself (/sys/module/compression, from 5.17 on
  /// with CONFIG_MODULE_DECOMPRESS); empty where it unpacks nothing.
  Seen<std::string> module_compression;
};

}  // namespace kmodsec
