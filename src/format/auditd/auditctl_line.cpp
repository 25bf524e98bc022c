// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/auditctl_line.hpp"

#include <algorithm>
#include <array>
#include <climits>
#include <utility>

#include "base/text.hpp"
#include "format/auditd/auditctl_fields.hpp"
#include "format/auditd/auditctl_place.hpp"
#include "format/auditd/auditctl_values.hpp"
#include "format/auditd/auditctl_words.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_name = 255;  ///< NAME_MAX of Linux.
constexpr char key_separator = '\x01';

class LineReader {
 public:
  LineReader(const std::vector<std::string>& words, const AuditctlHost& host)
      : options_(words), host_(host) {}

  AuditctlRequest read() {
    while (going_) {
      const auto option = options_.next();
      if (!option) break;
      take(option->option, option->value);
      if (passed_over_) return {};
    }
    finish();
    return std::move(request_);
  }

 private:
  void refuse(std::string reason) { refuse(AuditctlRefusal{std::move(reason)}); }
  void refuse(std::optional<AuditctlRefusal> refusal) {
    if (!refusal) return;
    if (!request_.refusal) request_.refusal = std::move(refusal);
    going_ = false;
  }

  std::uint32_t list() const { return added_to_ != no_audit_list ? added_to_ : removed_from_; }

  void take(int option, const std::string& value) {
    switch (option) {
      case 'i':
      case 'c': request_.goes_on = true; return stop();
      case 'e':
      case 'f': return take_switch(option, value);
      case 'r':
      case 'b':
      case 2: return take_setting(value);
      case 'a':
      case 'A':
      case 'd': return take_list(option, value);
      case 'S': return take_calls(value);
      case 'F': return take_field(value);
      case 'C': return refuse(add_audit_comparison(value, list(), request_.rule));
      case 'D': return take_delete_all();
      case 'w':
      case 'W': return take_watch(option, value);
      case 'k': return take_key(value);
      case 'p': return take_permissions(value);
      case 'R': return refuse("a file of rules names another");
      case 'h': return refuse("it asks for help");
      case 'l': return take_listing();
      case 'm': return take_message(value);
      case 'q': return take_equivalent(value);
      case 's': return take_status();
      case 't':
      case 'v':
      case 1:
      case 3:
      case 4:
      case 5: return stop();
      default: return refuse("an option that is unknown or lacks its value");
    }
  }

  /// No option that follows is read, and none may follow. A rule before it is not sent.
  void stop() {
    going_ = false;
    is_done_ = true;
  }

  void take_switch(int option, const std::string& value) {
    if (value != "0" && value != "1" && value != "2")
      return refuse("a switch that is not 0, 1 or 2: " + utf8_text(value));
    request_.sets_something = true;
    if (option == 'e') request_.enabled = static_cast<std::uint32_t>(value.front() - '0');
  }

  void take_setting(const std::string& value) {
    if (!is_digit_at(value, 0))
      return refuse("a setting that is not a number: " + utf8_text(value));
    request_.sets_something = true;
  }

  void take_list(int option, const std::string& value) {
    if (option != 'd' && value.find("task") != std::string::npos && request_.rule.has_calls)
      return refuse("the list task has no system calls");
    if (lists_++ > 0) return refuse("two rules in one line");
    AuditRulePlace place{option == 'd' ? removed_from_ : added_to_, action_};
    const AuditPlaceState state = read_audit_place(value, host_, place);
    if (state == AuditPlaceState::wrong)
      return refuse("not a list and an action: " + utf8_text(value));
    if (state == AuditPlaceState::passed_over) passed_over_ = true;
    action_ = place.action;
    (option == 'd' ? removed_from_ : added_to_) = place.list;
    prepends_ = option == 'A';
  }

  void take_calls(const std::string& value) {
    for (const std::uint32_t list : {added_to_, removed_from_}) {
      if (list == AUDIT_FILTER_TASK || list == AUDIT_FILTER_USER || list == AUDIT_FILTER_FS ||
          list == AUDIT_FILTER_EXCLUDE)
        return refuse("this list has no system calls");
    }
    refuse(add_audit_calls(value, host_, request_.rule));
  }

  void take_field(const std::string& value) {
    const bool is_for_trimming =
        value.find("arch=") != std::string::npos && options_.word(options_.index()) == "-t";
    if (list() == no_audit_list && !is_for_trimming)
      return refuse("a condition before the list of its rule");
    if (value.starts_with("key=")) return add_to_key(value.substr(4));
    refuse(add_audit_field(value, list(), host_, request_.rule));
  }

  void take_key(const std::string& value) {
    const AuditRuleDraft& rule = request_.rule;
    const bool has_subject =
        rule.has_calls || rule.has_permissions || rule.has_program || rule.has_file_system;
    if (!has_subject || list() == no_audit_list)
      return refuse("a key needs a watch or a system call before it");
    add_to_key(value);
  }

  void add_to_key(const std::string& value) {
    if (value.size() + key_.size() + (key_.empty() ? 0 : 1) > AUDIT_MAX_KEY_LEN)
      return refuse("the key is too long");
    if (!key_.empty()) key_ += key_separator;
    key_ += value;
  }

  void take_permissions(const std::string& value) {
    if (list() == no_audit_list) return refuse("permissions without a watch before them");
    const auto bits = audit_permission_bits(value);
    if (!bits) return refuse("permissions are up to four of r, w, x and a: " + utf8_text(value));
    AuditRuleDraft& rule = request_.rule;
    if (rule.head.field_count == 0) return refuse("permissions without a watch before them");
    bool has_some = false;
    for (std::size_t i = 0; i < rule.head.field_count; ++i) {
      if (rule.head.fields[i] != AUDIT_PERM) continue;
      rule.head.values[i] = *bits;
      has_some = true;
    }
    if (!has_some && rule.is_full()) return refuse("the rule has too many conditions");
    if (!has_some) rule.add(AUDIT_PERM, AUDIT_EQUAL, *bits);
    rule.has_permissions = true;
  }

  void take_delete_all() {
    if (options_.count() == 3 || options_.count() > 4)
      return refuse("-D takes -k KEY and nothing else");
    if (options_.count() == 4) {
      if (options_.word(options_.index()) != "-k")
        return refuse("-D takes -k KEY and nothing else");
      request_.removes_key = options_.word(3).substr(0, AUDIT_MAX_KEY_LEN);
      words_taken_ = 2;
    }
    request_.removes_all = true;
    stop();
  }

  void take_watch(int option, std::string path) {
    if (option == 'w' && list() != no_audit_list) return refuse("a watch in a rule");
    (option == 'w' ? added_to_ : removed_from_) = AUDIT_FILTER_EXIT;
    action_ = AUDIT_ALWAYS;
    const std::size_t name = path.size() - 1 - path.find_last_not_of('/');
    const std::string_view trimmed = std::string_view(path).substr(0, path.size() - name);
    if (!path.starts_with('/'))
      return refuse("a watch of a path that is not absolute: " + utf8_text(path));
    if (path.size() >= PATH_MAX || trimmed.size() - 1 - trimmed.rfind('/') > longest_name)
      return refuse("the path is too long");
    while (path.size() > 2 && path.ends_with('/')) path.pop_back();
    AuditRuleDraft& rule = request_.rule;
    if (rule.head.field_count != 0) return refuse("a watch in a rule");
    const bool is_folder = host_.look && host_.look(path) == WatchedPlace::folder;
    rule.head = {};
    rule.texts.clear();
    std::ranges::fill(rule.head.mask, ~0U);
    rule.add_text(is_folder ? AUDIT_DIR : AUDIT_WATCH, AUDIT_EQUAL, path);
    rule.add(AUDIT_PERM, AUDIT_EQUAL,
             AUDIT_PERM_READ | AUDIT_PERM_WRITE | AUDIT_PERM_EXEC | AUDIT_PERM_ATTR);
    rule.has_calls = rule.has_permissions = true;
  }

  void take_status() {
    const bool has_more = options_.index() == 2 && options_.count() == 3;
    if (options_.count() > 3 || (has_more && options_.word(2) != "-i"))
      return refuse("-s takes -i and nothing else");
    words_taken_ = has_more ? 1 : 0;
    stop();
  }

  void take_listing() {
    if (options_.count() > 4) return refuse("-l takes -k KEY or -i");
    const std::string next = options_.word(options_.index());
    if (options_.count() == 3 && next != "-i") return refuse("-l takes -k KEY or -i");
    if (options_.count() == 4 && next != "-k") return refuse("-l takes -k KEY or -i");
    words_taken_ = options_.count() - 2;
    stop();
  }

  void take_message(const std::string& value) {
    const bool is_plain = std::ranges::all_of(value, [](char letter) { return letter >= 32; });
    if (options_.count() > 3 || !is_plain) return refuse("-m takes one plain text");
    is_whole_ = true;
    stop();
  }

  void take_equivalent(const std::string& value) {
    const std::size_t comma = value.find(',');
    if (request_.rule.has_calls || comma == std::string::npos || comma + 1 == value.size() ||
        value.find(',', comma + 1) != std::string::npos)
      return refuse("-q takes two paths");
    is_whole_ = true;
    stop();
  }

  /// What setopt does at the end, and handle_request before it asks the kernel.
  void finish() {
    if (is_whole_ && !request_.refusal) return;
    const std::size_t count = options_.count() - words_taken_;
    if (options_.index() == 1) refuse("no option");
    if (!request_.refusal && options_.index() < count) refuse("a word that is not an option");
    if (!key_.empty() && !request_.refusal)
      refuse(add_audit_field("key=" + key_, list(), host_, request_.rule));
    if (request_.refusal) return;
    AuditRuleDraft& rule = request_.rule;
    if (is_done_) return;
    if (list() == no_audit_list) {
      if (rule.has_calls) refuse("system calls without the list of their rule");
      return;
    }
    request_.change =
        added_to_ != no_audit_list ? AuditctlRequest::Change::add : AuditctlRequest::Change::remove;
    if (list() != AUDIT_FILTER_TASK && !rule.has_calls) std::ranges::fill(rule.head.mask, ~0U);
    rule.head.flags = list() | (prepends_ ? AUDIT_FILTER_PREPEND : 0U);
    rule.head.action = action_;
  }

  AuditctlOptions options_;
  const AuditctlHost& host_;
  AuditctlRequest request_;
  std::uint32_t added_to_ = no_audit_list;
  std::uint32_t removed_from_ = no_audit_list;
  std::uint32_t action_ = no_audit_action;
  std::string key_;
  std::size_t lists_ = 0;
  std::size_t words_taken_ = 0;
  bool prepends_ = false;
  bool going_ = true;
  bool is_done_ = false;
  bool is_whole_ = false;     ///< What else the line has does not count.
  bool passed_over_ = false;  ///< The line has no effect, and is no mistake.
};

}  // namespace

AuditctlRequest read_auditctl_line(const std::vector<std::string>& words,
                                   const AuditctlHost& host) {
  return LineReader(words, host).read();
}

}  // namespace kmodsec
