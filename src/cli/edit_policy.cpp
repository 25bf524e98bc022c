// SPDX-License-Identifier: GPL-2.0-or-later
// deny, allow and unblock: an edit of policy.toml, and then what `apply` does.
#include <algorithm>
#include <ctime>
#include <functional>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/module_name.hpp"
#include "base/text.hpp"
#include "cli/change_host.hpp"
#include "cli/plan_host.hpp"
#include "cli/verb.hpp"
#include "collect/policy.hpp"
#include "format/policy_edit.hpp"
#include "system/system_log.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 1024UL * 1024;

using EditText = std::function<Result<std::string>(std::string text)>;

/// The policy file with another text, and its folder where it is missing.
Result<std::vector<FileEdit>> edits_of_policy(const Editor& editor, const EditText& edit) {
  const std::string path(policy_path);
  const std::string folder = path.substr(0, path.rfind('/'));
  auto before = editor.state(path, file_limit);
  if (!before) return std::unexpected(before.error());
  FileState after = before->kind == FileKind::absent ? text_file({}) : *before;
  if (after.kind != FileKind::file)
    return failure(ErrorKind::usage, path, "not a plain file; edit what it leads to");
  auto text = edit(after.content);
  if (!text) return failure(text.error().kind, path, text.error().reason);
  after.content = std::move(*text);
  std::vector<FileEdit> edits;
  if (after == *before) return edits;
  const auto parent = editor.status(folder);
  if (!parent) return std::unexpected(parent.error());
  if (parent->kind == FileKind::absent) edits.push_back({folder, {}, empty_folder(0755)});
  edits.push_back({path, std::move(*before), std::move(after)});
  return edits;
}

/// One edit of the text after the other, until one fails.
class PolicyText {
 public:
  explicit PolicyText(std::string text) : text_(std::move(text)) {}

  template <class Edit, class... Arguments>
  void change(Edit edit, const Arguments&... arguments) {
    if (text_) text_ = edit(*text_, arguments...);
  }

  Result<std::string> take() { return std::move(text_); }

 private:
  Result<std::string> text_;
};

std::vector<std::string> modules_of(const Options& options) {
  std::vector<std::string> modules;
  for (const std::string& name : options.names) modules.push_back(normalized_module_name(name));
  return modules;
}

std::optional<Error> nothing_named(const Options& options) {
  if (!options.names.empty() || !options.profiles.empty()) return std::nullopt;
  return Error{ErrorKind::usage, options.verb, "name modules, or say --profile"};
}

Result<std::string> deny_in(std::string text, const Options& options) {
  PolicyText policy(std::move(text));
  for (const std::string& profile : options.profiles)
    policy.change(add_to_list, "deny", "profiles", profile);
  for (const std::string& module : modules_of(options)) {
    policy.change(remove_from_list, "deny", "except", module);
    policy.change(remove_exceptions, module, 0);
    policy.change(add_to_list, "deny", "modules", module);
  }
  return policy.take();
}

/// What a profile denies stays denied unless the policy names it as an exception to the profile.
Result<std::string> allow_in(std::string text, const Options& options, const Policy& policy) {
  PolicyText edited(std::move(text));
  for (const std::string& profile : options.profiles)
    edited.change(remove_from_list, "deny", "profiles", profile);
  for (const std::string& module : modules_of(options)) {
    edited.change(remove_from_list, "deny", "modules", module);
    edited.change(remove_exceptions, module, 0);
    const auto deny = std::ranges::find(policy.denies, module, &PolicyDeny::module);
    const bool by_profile = deny != policy.denies.end() && !deny->profile.empty();
    if (by_profile) edited.change(add_to_list, "deny", "except", module);
  }
  return edited.take();
}

Result<Policy> policy_of_host(const Options& options) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  return collect_policy(*host->root);
}

/// When the exceptions that are asked for end.
Result<std::int64_t> end_from(const Options& options) {
  const auto length = parse_duration(options.duration);
  if (!length || *length == 0)
    return failure(ErrorKind::usage, "--for", "not a length of time, such as 30m, 2h or 3d");
  if (options.reason.empty())
    return failure(ErrorKind::usage, "--reason", "say why: the audit asks for it later");
  return std::time(nullptr) + *length;
}

Result<void> are_denied(const std::vector<std::string>& modules, const Policy& policy) {
  for (const std::string& module : modules) {
    if (std::ranges::find(policy.denies, module, &PolicyDeny::module) == policy.denies.end())
      return failure(ErrorKind::usage, module, "the policy does not deny it");
  }
  return {};
}

Result<std::string> unblock_in(std::string text, const Options& options, std::int64_t until) {
  PolicyText policy(std::move(text));
  for (const std::string& module : modules_of(options)) {
    policy.change(remove_exceptions, module, 0);
    policy.change(add_exception, PolicyException{module, until, options.reason});
  }
  return policy.take();
}

}  // namespace

Result<Answer> run_deny(const Options& options, const Style& style) {
  if (const auto wrong = nothing_named(options)) return std::unexpected(*wrong);
  return change_host(options, style, [&](const Editor& editor) {
    return edits_of_policy(editor,
                           [&](std::string text) { return deny_in(std::move(text), options); });
  });
}

Result<Answer> run_allow(const Options& options, const Style& style) {
  if (const auto wrong = nothing_named(options)) return std::unexpected(*wrong);
  const auto policy = policy_of_host(options);
  if (!policy) return std::unexpected(policy.error());
  if (auto denied = are_denied(modules_of(options), *policy); !denied)
    return std::unexpected(denied.error());
  return change_host(options, style, [&](const Editor& editor) {
    return edits_of_policy(
        editor, [&](std::string text) { return allow_in(std::move(text), options, *policy); });
  });
}

Result<Answer> run_unblock(const Options& options, const Style& style) {
  const auto until = end_from(options);
  if (!until) return std::unexpected(until.error());
  const auto policy = policy_of_host(options);
  if (!policy) return std::unexpected(policy.error());
  if (auto denied = are_denied(modules_of(options), *policy); !denied)
    return std::unexpected(denied.error());
  auto answer = change_host(options, style, [&](const Editor& editor) {
    return edits_of_policy(
        editor, [&](std::string text) { return unblock_in(std::move(text), options, *until); });
  });
  if (answer && options.root.empty())
    log_notice(fmt::format("unblocked {} for {}: {}", join(modules_of(options), ", "),
                           options.duration, options.reason));
  return answer;
}

}  // namespace kmodsec
