// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "analyze/loading/autoload.hpp"
#include "analyze/work.hpp"
#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// Who can make a request.
struct Trigger {
  Attacker who;
  bool by_kernel = true;  ///< Through kernel.modprobe; otherwise by udev, for a device.
  bool held = false;      ///< A setting of this host keeps out whom the kernel would let in.
};

bool is_easier(const Trigger& a, const Trigger& b);

/// Who can make the requests of one kernel, by its own rules, by the settings of the host and by
/// the modes of its device nodes. They count for the kernel that runs; of another one, and where
/// they were not seen, everything is open. `facts` must outlive it.
class Triggers {
 public:
  Triggers() = default;
  Triggers(const Facts& facts, const ModuleTree& tree);

  /// Who asks for an alias of a module; nothing when nobody but root is known to. The kernel does
  /// when a device node is opened, which has to be there before the module is: a static one.
  std::optional<Trigger> of_alias(const std::string& alias, const std::string& module,
                                  bool has_static_node) const;

  /// The kind of a request, whoever makes it.
  std::optional<Autoload> autoload_of(std::string_view alias) const {
    return autoload_of_alias(alias, series_);
  }

  /// Who makes the kernel ask for a module by its name.
  std::optional<Trigger> of_name(std::string_view module) const;

  /// Who can use a module that is in, by such an alias or by its name.
  std::optional<Attacker> users_of_alias(const std::string& alias) const;
  std::optional<Attacker> users_of_name(std::string_view module) const;

  /// What a class of users comes to: with user namespaces closed to them, root.
  AttackerPosition position_here(AttackerPosition position) const {
    return settle(position, {}).who.position;
  }

 private:
  Trigger settle(AttackerPosition position, std::string_view what) const;
  std::optional<Autoload> autoload_here(std::string_view alias) const;
  bool is_refused_by_af_alg(std::string_view alias) const;
  Trigger trigger_of(const Autoload& autoload, std::string_view alias) const;
  std::optional<Attacker> who_opens_node(const std::string& alias) const;
  bool has_node_beforehand(const std::string& module, bool has_static_node) const;

  const AccessSettings* settings_ = nullptr;
  unsigned series_ = 0;           ///< Of the kernel, see kernel_changes.hpp.
  bool has_keyctl_hash_ = false;  ///< Anybody may name a digest to keyctl(2).
  std::unordered_set<std::string_view> loaded_;
  mutable Work work_{"/dev"};
  std::string userns_closed_by_;  ///< "kernel.unprivileged_userns_clone=0"; empty when open.
};

/// What was not seen of all that; `Triggers` takes it for open.
std::vector<Unseen> unseen_triggers(const Facts& facts);

}  // namespace kmodsec
