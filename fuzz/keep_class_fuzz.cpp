// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/keep_class.hpp"
#include "model/host/module_name.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto keep_class = parse_keep_class(input);
  if (!keep_class) return require(!keep_class.error().reason.empty());
  require(!keep_class->name.empty() && !keep_class->title.empty());
  require(!keep_class->rules.empty() && keep_class->rules.size() <= most_keep_rules);
  for (const KeepRule& rule : keep_class->rules) {
    require(!rule.reason.empty());
    require(int{!rule.module.empty()} + int{!rule.path.empty()} + int{!rule.alias.empty()} == 1);
    require(rule.module.empty() || is_module_name(rule.module));
    require(rule.path.empty() || rule.path.starts_with("kernel/"));
  }
}
