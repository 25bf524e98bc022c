// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"
#include "model/modules/module_use.hpp"
#include "model/signatures/signature.hpp"

namespace kmodsec {

/// What would come of loading a module by a name.
enum class LoadOutcome {
  loads,
  loaded,   ///< It is in the kernel: nothing is left to do.
  builtin,  ///< It is part of the kernel: nothing is left to do.
  absent,   ///< No module answers to the name.
  refused,  ///< It would not get in, or not as it was asked for.
};

/// A module that would be handed to the kernel.
struct LoadStep {
  std::string module;
  std::string path;
  const ModuleFile* file = nullptr;  ///< Nothing when it was not read.
  std::string options;               ///< The parameters it would be given, joined by blanks.
  bool required = false;             ///< When it fails, modprobe gives up.
  SignatureVerdict signature;
};

/// A parameter that a module would be given.
struct CheckedParameter {
  std::string module;
  std::string text;                  ///< "numdummies=2"
  std::optional<DecidingLine> line;  ///< Where it is configured; nothing when it was given by hand.
  std::optional<bool> known;         ///< Nothing when the module's file was not read.
  std::string nearest;               ///< Of one that is not known: what may have been meant.
  std::string fault;                 ///< Why the kernel refuses it; empty where it does not.
};

struct LoadPreflight {
  std::string request;  ///< As it was asked for.
  std::string module;   ///< What it leads to; empty when that is nothing, or more than one.
  LoadOutcome outcome = LoadOutcome::refused;
  std::optional<DecidingLine> decided_by;
  std::string reason;           ///< Why it is not loaded, or what kept a deny from counting.
  std::vector<LoadStep> steps;  ///< In the order in which they would be inserted.
  std::vector<CheckedParameter> parameters;
  std::optional<DecidingLine> enforcement;  ///< What makes the kernel insist on signatures.
  std::vector<Unseen> unseen;

  bool is_refused() const {
    return outcome == LoadOutcome::refused || outcome == LoadOutcome::absent;
  }
};

/// A module that would be taken out of the kernel.
struct UnloadStep {
  std::string module;
  const LoadedModule* loaded = nullptr;
  ModuleUse use;  ///< Without the modules that were named before it.
  std::optional<DecidingLine> decided_by;
  std::string reason;  ///< Why it cannot go; empty when it can.
};

struct UnloadPreflight {
  std::vector<UnloadStep> steps;  ///< In the order in which they were named.
  std::vector<Unseen> unseen;
};

/// The words of the JSON documents.
std::string_view to_string(LoadOutcome outcome);

}  // namespace kmodsec
