// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/unified_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/policy/diff_line.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t context = 3;
constexpr std::size_t most_cells = 1'000'000;

using Lines = std::vector<std::string_view>;

Lines lines_of(const FileState& state) {
  Lines lines;
  if (state.kind != FileKind::file) return lines;
  for_each_line(state.content, [&](std::string_view line, std::size_t) { lines.push_back(line); });
  return lines;
}

/// Lengths of the longest common subsequences of all tails.
class CommonTails {
 public:
  CommonTails(const Lines& before, const Lines& after)
      : width_(after.size() + 1), lengths_((before.size() + 1) * width_) {
    for (std::size_t i = before.size(); i-- > 0;) {
      for (std::size_t j = after.size(); j-- > 0;) {
        at(i, j) =
            before[i] == after[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
  }

  std::size_t& at(std::size_t i, std::size_t j) { return lengths_[i * width_ + j]; }

 private:
  std::size_t width_;
  std::vector<std::size_t> lengths_;
};

std::vector<DiffLine> replace_all(const Lines& before, const Lines& after) {
  std::vector<DiffLine> lines;
  for (const std::string_view line : before) lines.push_back({'-', line});
  for (const std::string_view line : after) lines.push_back({'+', line});
  return lines;
}

/// Of what differs: all the rest would be looked at as many times as there are lines.
std::vector<DiffLine> compare_middle(const Lines& before, const Lines& after) {
  if (before.size() * after.size() > most_cells) {
    auto changes = few_changes(before, after);
    return changes ? std::move(*changes) : replace_all(before, after);
  }
  CommonTails common(before, after);
  std::vector<DiffLine> lines;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < before.size() || j < after.size()) {
    const bool both = i < before.size() && j < after.size();
    if (both && before[i] == after[j]) {
      lines.push_back({' ', before[i]});
      ++i, ++j;
    } else if (j == after.size() ||
               (i < before.size() && common.at(i + 1, j) >= common.at(i, j + 1))) {
      lines.push_back({'-', before[i++]});
    } else {
      lines.push_back({'+', after[j++]});
    }
  }
  return lines;
}

std::vector<DiffLine> compare(const Lines& before, const Lines& after) {
  const auto [head, same_head] = std::ranges::mismatch(before, after);
  const auto [tail, same_tail] =
      std::ranges::mismatch(std::views::reverse(std::ranges::subrange(head, before.end())),
                            std::views::reverse(std::ranges::subrange(same_head, after.end())));
  std::vector<DiffLine> lines;
  for (auto line = before.begin(); line != head; ++line) lines.push_back({' ', *line});
  for (const DiffLine& line :
       compare_middle(Lines(head, tail.base()), Lines(same_head, same_tail.base())))
    lines.push_back(line);
  for (auto line = tail.base(); line != before.end(); ++line) lines.push_back({' ', *line});
  return lines;
}

std::string range(std::size_t start, std::size_t count) {
  const std::size_t first = count == 0 ? start : start + 1;
  return count == 1 ? std::to_string(first) : fmt::format("{},{}", first, count);
}

/// Groups of changes with the lines around them; groups that would touch are one.
class Hunks {
 public:
  explicit Hunks(const std::vector<DiffLine>& lines) : lines_(lines) {}

  std::string print() {
    std::string text;
    for (std::size_t i = 0; i < lines_.size();) {
      if (lines_[i].sign == ' ') {
        ++i;
        continue;
      }
      const std::size_t first = i - std::min(i, context);
      const std::size_t end = end_of_group(i);
      text += hunk(std::max(first, printed_), end);
      i = end;
    }
    return text;
  }

 private:
  std::size_t end_of_group(std::size_t change) const {
    std::size_t last = change;
    for (std::size_t i = change; i < lines_.size() && i <= last + 2 * context; ++i) {
      if (lines_[i].sign != ' ') last = i;
    }
    return std::min(lines_.size(), last + 1 + context);
  }

  std::string hunk(std::size_t first, std::size_t end) {
    for (std::size_t i = printed_; i < first; ++i) count(lines_[i], before_, after_);
    std::size_t removed = 0;
    std::size_t added = 0;
    std::string text;
    for (std::size_t i = first; i < end; ++i) {
      count(lines_[i], removed, added);
      text += fmt::format("{}{}\n", lines_[i].sign, printable(lines_[i].text));
    }
    const std::string title =
        fmt::format("@@ -{} +{} @@\n", range(before_, removed), range(after_, added));
    before_ += removed;
    after_ += added;
    printed_ = end;
    return title + text;
  }

  static void count(const DiffLine& line, std::size_t& before, std::size_t& after) {
    before += line.sign != '+' ? 1 : 0;
    after += line.sign != '-' ? 1 : 0;
  }

  const std::vector<DiffLine>& lines_;
  std::size_t printed_ = 0;
  std::size_t before_ = 0;
  std::size_t after_ = 0;
};

std::string_view name_of(FileKind kind) {
  switch (kind) {
    case FileKind::file: return "file";
    case FileKind::link: return "link";
    case FileKind::folder: return "folder";
    case FileKind::absent: break;
  }
  return "nothing";
}

std::string side(char sign, const FileState& state) {
  if (state.kind == FileKind::absent) return "";
  if (state.kind == FileKind::link)
    return fmt::format("{}link to {}\n", sign, printable(utf8_text(state.content)));
  return fmt::format("{}{}, mode {:04o}\n", sign, name_of(state.kind), state.mode);
}

}  // namespace

std::string unified_diff(const FileEdit& edit) {
  const bool is_new = edit.before.kind == FileKind::absent;
  const bool is_gone = edit.after.kind == FileKind::absent;
  const std::string path = printable(utf8_text(edit.path));
  std::string text =
      fmt::format("--- {}\n+++ {}\n", is_new ? "/dev/null" : path, is_gone ? "/dev/null" : path);
  const bool plain = edit.before.kind == FileKind::file && edit.after.kind == FileKind::file &&
                     edit.before.mode == edit.after.mode;
  if (!plain) text += side('-', edit.before) + side('+', edit.after);
  const std::vector<DiffLine> lines = compare(lines_of(edit.before), lines_of(edit.after));
  return text + Hunks(lines).print();
}

}  // namespace kmodsec
