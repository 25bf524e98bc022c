// SPDX-License-Identifier: GPL-2.0-or-later
//
// How `auditctl -R` takes a line apart (audit-userspace 3.0.9: src/auditctl.c, fileopt;
// common/strsplit.c), and its words as getopt_long(3) of the GNU C library does.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// A line of more bytes is read as several.
inline constexpr std::size_t longest_auditctl_line = 6143;

/// The words of a line; none where it is blank or a comment. Only blanks part words, no tabs. A
/// backslash keeps a blank or a backslash in a word; quotes mean nothing.
std::vector<std::string> auditctl_words(std::string_view line);

/// A known option is a letter, or the number of a long one (`auditctl.c`, long_opts): 1 is
/// loginuid-immutable, 2 backlog_wait_time, 3 reset-lost, 4 reset_backlog_wait_time_actual, 5
/// signal.
struct AuditctlOption {
  int option = '?';  ///< '?': unknown, ambiguous, or its value is missing.
  std::string value;
};

/// Options of a line, one after the other. Words that are no option are moved behind the options.
class AuditctlOptions {
 public:
  explicit AuditctlOptions(const std::vector<std::string>& words);

  std::optional<AuditctlOption> next();

  /// Number of words, the name of the program among them.
  std::size_t count() const { return words_.size(); }
  /// The first word that was not looked at yet; at the end, the first that is no option.
  std::size_t index() const { return index_; }
  /// A word; empty past the end.
  std::string word(std::size_t index) const;

 private:
  bool is_no_option(std::size_t index) const;
  void move_others_back();
  bool find_next_option();
  AuditctlOption take_long();
  AuditctlOption take_short();

  std::vector<std::string> words_;
  std::size_t index_ = 1;
  std::size_t first_other_ = 1;
  std::size_t last_other_ = 1;
  std::string letters_;  ///< Of the word that is being taken.
};

}  // namespace kmodsec
