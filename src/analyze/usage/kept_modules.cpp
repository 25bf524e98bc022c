// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/kept_modules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t work_of_look = 16;
constexpr std::string_view cipher_start = "crypto_";
constexpr std::string_view fallback_end = "_all";

/// The kernel asks for "crypto-NAME" and for "crypto-NAME-all" (linux: crypto/api.c,
/// crypto_larval_lookup), and takes the best of what it then has.
std::string cipher_of(std::string_view alias) {
  if (alias.ends_with(fallback_end)) alias.remove_suffix(fallback_end.size());
  return std::string(alias);
}

std::string words_of_need(KeepTree::NeedKind kind, const std::string& module) {
  switch (kind) {
    case KeepTree::NeedKind::symbols: return fmt::format("{} needs it", module);
    case KeepTree::NeedKind::softdep: return fmt::format("a softdep of {} names it", module);
    case KeepTree::NeedKind::install:
      return fmt::format("the install line of {} has modprobe load it", module);
  }
  return {};
}

}  // namespace

void KeptModules::add(const std::string& module, const KeepReason& reason) {
  work_.spend(work_of_look);
  const auto [at, is_new] =
      modules_.try_emplace(module, KeptForUse{module, reason.cause, reason.reason, reason.by});
  if (is_new) pending_.push_back(module);
}

void KeptModules::add_module(const std::string& module, const KeepReason& reason) {
  const std::string name = normalized_module_name(module);
  if (std::ranges::any_of(trees_, [&](const auto& tree) { return tree->has_module(name); }))
    add(name, reason);
}

void KeptModules::add_request(const std::string& request, const KeepReason& reason) {
  for (const auto& tree : trees_) {
    for (const std::string& module : tree->modules_of(request)) add(module, reason);
  }
}

void KeptModules::add_closure() {
  while (!pending_.empty()) {
    const std::string module = std::move(pending_.front());
    pending_.pop_front();
    for (const auto& tree : trees_) {
      if (!tree->has_module(module)) continue;
      add_needs(*tree, module);
      add_ciphers(*tree, module);
      add_successors(*tree, module);
    }
  }
}

void KeptModules::add_successors() {
  while (!pending_.empty()) {
    const std::string module = std::move(pending_.front());
    pending_.pop_front();
    for (const auto& tree : trees_) {
      if (tree->has_module(module)) add_successors(*tree, module);
    }
  }
}

void KeptModules::add_needs(const KeepTree& tree, const std::string& module) {
  for (const KeepTree::Need& need : tree.needs_of(module))
    add(need.module, {KeepCause::needed, words_of_need(need.kind, module), module});
  add_requests(tree, tree.weakdeps_of(module),
               {KeepCause::needed, fmt::format("{} may load it later", module), module});
}

void KeptModules::add_requests(const KeepTree& tree, const std::vector<std::string>& requests,
                               const KeepReason& reason) {
  for (const std::string& request : requests) {
    work_.spend(work_of_look);
    for (const std::string& module : tree.modules_of(request)) add(module, reason);
  }
}

void KeptModules::add_ciphers(const KeepTree& tree, const std::string& module) {
  for (const KeepTree::Alias& alias : tree.aliases_of(module)) {
    work_.spend(1);
    if (!alias.pattern.starts_with(cipher_start)) continue;
    const std::string cipher = cipher_of(alias.pattern);
    if (!answered_.emplace(&tree, cipher).second) continue;
    const KeepReason reason{KeepCause::alternative,
                            fmt::format("answers {} as {} does", cipher, module), module};
    for (const std::string& pattern : {cipher, cipher + std::string(fallback_end)}) {
      for (const KeepTree::Alias& other : tree.answering(pattern)) {
        if (tree.has_module(other.module)) add(other.module, reason);
      }
    }
  }
}

void KeptModules::add_successors(const KeepTree& tree, const std::string& module) {
  for (const auto& other : trees_) {
    if (other.get() == &tree || other->model().is_builtin(module)) continue;
    for (const KeepTree::Alias& alias : tree.aliases_of(module)) {
      work_.spend(1);
      if (other->has_alias(alias.pattern, module)) continue;
      const auto successors = other->answering(alias.pattern);
      if (successors.empty()) continue;
      if (!succeeded_.emplace(&tree, other.get(), alias.pattern).second) continue;
      const KeepReason reason{KeepCause::needed,
                              fmt::format("has the alias {}, which leads to {} in {}",
                                          alias.pattern, module, tree.release()),
                              module};
      for (const KeepTree::Alias& successor : successors) {
        const bool is_new = !tree.has_alias(alias.pattern, successor.module);
        if (is_new && other->has_module(successor.module)) add(successor.module, reason);
      }
    }
  }
}

}  // namespace kmodsec
