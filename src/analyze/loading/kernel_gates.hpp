// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// The setting that makes this kernel refuse modules that it cannot verify.
std::optional<DecidingLine> signature_enforcement(const KernelState& kernel);

/// The decisions that no modprobe configuration can change: modules_disabled, module_blacklist=,
/// and what is in the tree's files, where those were read. State of a running kernel counts for its
/// own tree only, but a file that every kernel refuses, damaged or altered, counts for all;
/// parameters are those of the command line that boots this kernel, and the program that a kernel
/// runs by default counts for all.
class KernelGates {
 public:
  KernelGates(const Facts& facts, const ModuleTree& tree);

  /// Why the kernel itself refuses a module, whoever asks.
  std::optional<Reason> refusal_of(std::string_view module) const;

  /// The same of the copy of a module in an initramfs: a file that was altered or damaged may be
  /// whole there, as the image was made before.
  std::optional<Reason> refusal_in_images(std::string_view module) const;

  /// The line that keeps the kernel from asking for modules on its own; nothing when it asks.
  const std::optional<Reason>& no_requests() const { return no_requests_; }

  /// The program of unknown rules that the kernel runs for a module; nothing where they are known.
  const std::optional<Reason>& unknown_program() const { return unknown_program_; }

 private:
  struct FileRefusal {
    Reason reason;
    bool of_every_copy = false;  ///< It is as its build made it.
  };

  void look_at_command_line(const KernelLoadParameters& parameters);
  void look_at_helper(const ModuleLoader& loader);
  void look_at_files(const Facts& facts, const ModuleTree& tree, bool is_running);

  std::unordered_set<std::string_view> blacklisted_;  ///< By module_blacklist=.
  Reason by_blacklist_;
  std::optional<Reason> all_;
  std::optional<Reason> no_requests_;
  std::optional<Reason> unknown_program_;
  std::unordered_map<std::string_view, FileRefusal> by_file_;
};

}  // namespace kmodsec
