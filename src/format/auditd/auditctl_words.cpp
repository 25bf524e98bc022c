// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/auditctl_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kmodsec {
namespace {

constexpr std::string_view short_options = "hicslDvtC:e:f:r:b:a:A:d:S:F:m:R:w:W:k:p:q:";

struct LongOption {
  std::string_view name;
  bool has_value;
  int option;
};
constexpr std::array<LongOption, 5> long_options = {LongOption{"loginuid-immutable", false, 1},
                                                    {"backlog_wait_time", true, 2},
                                                    {"reset-lost", false, 3},
                                                    {"reset_backlog_wait_time_actual", false, 4},
                                                    {"signal", true, 5}};

constexpr char kept_blank = 0x07;
constexpr char kept_backslash = 0x04;

/// Marks what a backslash keeps: two bytes of one sort stand for it.
std::string with_marks(std::string_view line) {
  std::string text(line);
  bool escaped = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && !escaped) {
      escaped = true;
      continue;
    }
    if (escaped && (text[i] == ' ' || text[i] == '\\'))
      text[i - 1] = text[i] = text[i] == ' ' ? kept_blank : kept_backslash;
    escaped = false;
  }
  return text;
}

std::string without_marks(std::string_view word) {
  std::string text;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool is_mark = word[i] == kept_blank || word[i] == kept_backslash;
    text += word[i] == kept_blank ? ' ' : (is_mark ? '\\' : word[i]);
    if (is_mark) ++i;
  }
  return text;
}

}  // namespace

std::vector<std::string> auditctl_words(std::string_view line) {
  line = line.substr(0, line.find('\0'));
  const std::size_t most = line.size() / 3 + 1;
  const std::string text = with_marks(line);
  std::vector<std::string> words;
  std::string_view rest = text;
  while (words.size() < most) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (rest.empty()) break;
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    words.push_back(words.empty() ? std::string(word) : without_marks(word));
  }
  if (!words.empty() && words.front().starts_with('#')) words.clear();
  return words;
}

AuditctlOptions::AuditctlOptions(const std::vector<std::string>& words) : words_{"auditctl"} {
  words_.insert(words_.end(), words.begin(), words.end());
}

std::string AuditctlOptions::word(std::size_t index) const {
  return index < words_.size() ? words_[index] : std::string{};
}

bool AuditctlOptions::is_no_option(std::size_t index) const {
  return words_[index].size() < 2 || words_[index].front() != '-';
}

/// Words that are no options, and were passed over, change places with the options after them.
void AuditctlOptions::move_others_back() {
  const auto at = [&](std::size_t index) {
    return words_.begin() + static_cast<std::ptrdiff_t>(index);
  };
  if (first_other_ != last_other_ && last_other_ != index_) {
    std::rotate(at(first_other_), at(last_other_), at(index_));
    first_other_ += index_ - last_other_;
  } else if (last_other_ != index_) {
    first_other_ = index_;
  }
}

/// False at the end, where the index is the one of the first word that is no option.
bool AuditctlOptions::find_next_option() {
  last_other_ = std::min(last_other_, index_);
  first_other_ = std::min(first_other_, index_);
  move_others_back();
  while (index_ < words_.size() && is_no_option(index_)) ++index_;
  last_other_ = index_;
  if (index_ < words_.size() && words_[index_] == "--") {
    ++index_;
    if (first_other_ == last_other_)
      first_other_ = index_;
    else
      move_others_back();
    last_other_ = index_ = words_.size();
  }
  if (index_ < words_.size()) return true;
  if (first_other_ != last_other_) index_ = first_other_;
  return false;
}

std::optional<AuditctlOption> AuditctlOptions::next() {
  if (letters_.empty()) {
    if (!find_next_option()) return std::nullopt;
    if (words_[index_].starts_with("--")) return take_long();
    letters_ = words_[index_].substr(1);
  }
  return take_short();
}

/// A beginning that only one option has stands for it.
AuditctlOption AuditctlOptions::take_long() {
  const std::string text = words_[index_++].substr(2);
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const auto fits = [&](const LongOption& each) { return each.name.starts_with(name); };
  auto found = std::ranges::find(long_options, name, &LongOption::name);
  if (found == long_options.end() && std::ranges::count_if(long_options, fits) == 1)
    found = std::ranges::find_if(long_options, fits);
  if (found == long_options.end()) return {};
  const bool has_value = equals != std::string::npos;
  if (!found->has_value) return has_value ? AuditctlOption{} : AuditctlOption{found->option, {}};
  if (has_value) return {found->option, text.substr(equals + 1)};
  if (index_ >= words_.size()) return {};
  return {found->option, words_[index_++]};
}

AuditctlOption AuditctlOptions::take_short() {
  const char letter = letters_.front();
  letters_.erase(0, 1);
  if (letters_.empty()) ++index_;
  const std::size_t place = letter == ':' ? std::string_view::npos : short_options.find(letter);
  if (place == std::string_view::npos) return {};
  if (short_options.substr(place + 1, 1) != ":") return {letter, {}};
  if (!letters_.empty()) {
    ++index_;
    return {letter, std::exchange(letters_, {})};
  }
  if (index_ >= words_.size()) return {};
  return {letter, words_[index_++]};
}

}  // namespace kmodsec
