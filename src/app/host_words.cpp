// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/host_words.hpp"

#include <algorithm>
#include <array>

#include "analyze/modules/module_lookup.hpp"
#include "app/machine.hpp"
#include "app/policy/edit_policy.hpp"
#include "app/policy/host_history.hpp"
#include "collect/policy/profiles.hpp"
#include "collect/usage/usage.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

bool is_plain(std::string_view word) {
  const auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (word.empty() || !is_alphanumeric(word.front())) return false;
  return std::ranges::all_of(
      word, [&](char c) { return is_alphanumeric(c) || c == '.' || c == '+' || c == '-'; });
}

std::vector<std::string> installed_modules(const Options& options) {
  const auto facts = read_machine(options, {.parts = {Part::indexes}});
  return facts ? known_modules(*facts) : std::vector<std::string>();
}

std::vector<std::string> loaded_modules(const Options& options) {
  std::vector<std::string> names;
  const auto facts = read_machine(options, {});
  if (!facts || !facts->loaded) return names;
  for (const LoadedModule& module : *facts->loaded) names.push_back(module.name);
  return names;
}

std::vector<std::string> denied_modules(const Options& options) {
  std::vector<std::string> names;
  const auto policy = policy_of_host(options);
  if (!policy) return names;
  for (const PolicyDeny& deny : policy->denies) names.push_back(deny.module);
  return names;
}

std::vector<std::string> recorded_modules(const Options& options) {
  std::vector<std::string> names;
  const auto root = open_machine(options);
  if (!root) return names;
  const auto record = collect_usage_record(**root);
  if (!record) return names;
  for (const UsedModule& used : record->modules) names.push_back(used.module);
  return names;
}

std::vector<std::string> modules_for(std::string_view verb, const Options& options) {
  if (verb == "unload") return loaded_modules(options);
  if (verb == "allow") return denied_modules(options);
  return installed_modules(options);
}

std::vector<std::string> profile_names(const Options& options) {
  std::vector<std::string> names;
  const auto root = open_machine(options);
  if (!root) return names;
  const auto profiles = collect_profiles(**root);
  if (!profiles) return names;
  for (const Profile& profile : *profiles) names.push_back(profile.name);
  return names;
}

std::vector<std::string> installed_kernels(const Options& options) {
  Options any = options;
  any.kernel.clear();
  const auto facts = read_machine(any, {});
  return facts && facts->installed ? *facts->installed : std::vector<std::string>();
}

std::vector<std::string> transaction_numbers(const Options& options) {
  std::vector<std::string> numbers;
  const auto found = transaction_numbers_of_host(options);
  if (!found) return numbers;
  for (auto number = found->rbegin(); number != found->rend(); ++number)
    numbers.push_back(std::to_string(*number));
  return numbers;
}

std::vector<std::string> check_ids() {
  std::vector<std::string> ids;
  for (const Check* check : all_checks()) ids.emplace_back(check->id);
  return ids;
}

std::vector<std::string> words_of_kind(std::string_view kind, std::string_view verb,
                                       const Options& options) {
  if (kind == "MODULE") return modules_for(verb, options);
  if (kind == "RECORDED") return recorded_modules(options);
  if (kind == "PROFILE") return profile_names(options);
  if (kind == "RELEASE") return installed_kernels(options);
  if (kind == "ID") return check_ids();
  if (kind == "NUMBER") return transaction_numbers(options);
  return {};
}

}  // namespace

std::vector<std::string> host_words(std::string_view kind, std::string_view verb,
                                    const Options& options) {
  std::vector<std::string> words = words_of_kind(kind, verb, options);
  std::erase_if(words, [](const std::string& word) { return !is_plain(word); });
  return words;
}

}  // namespace kmodsec
