// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "system/host/running_system.hpp"

namespace kmodsec {

/// Loads and unloads modules of the running kernel through libkmod, with the configuration of
/// modprobe.d and the kernel's command line as modprobe(8) has it. The environment does not count
/// (MODPROBE_OPTIONS is modprobe's alone), no command of an install or remove line is run, and
/// nothing is forced.
class LibkmodLoader {
 public:
  /// An error of kind `unsupported` where libkmod is not installed.
  static Result<LibkmodLoader> open(RunningSystem system);

  LibkmodLoader(const LibkmodLoader&) = delete;
  LibkmodLoader& operator=(const LibkmodLoader&) = delete;
  LibkmodLoader(LibkmodLoader&&) noexcept;
  LibkmodLoader& operator=(LibkmodLoader&&) noexcept;
  ~LibkmodLoader();

  /// Inserts `module`, which `request` has to lead to and to nothing else, and before it what it
  /// needs. `parameters` are for the module itself, beside those that are configured.
  Result<void> load(const std::string& request, const std::string& module,
                    const std::string& parameters) const;

  Result<void> unload(const std::string& module) const;

 private:
  struct Libkmod;

  explicit LibkmodLoader(std::unique_ptr<Libkmod> libkmod);

  std::unique_ptr<Libkmod> libkmod_;
};

}  // namespace kmodsec
