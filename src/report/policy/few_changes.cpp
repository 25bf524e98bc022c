// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "report/policy/diff_line.hpp"

namespace kmodsec {
namespace {

using Lines = std::vector<std::string_view>;

/// How far down `before` so many changes lead on each diagonal, which is the number of lines taken
/// minus that of lines added.
class Reach {
 public:
  explicit Reach(std::ptrdiff_t changes) : changes_(changes), x_(2 * changes + 3) {}

  std::ptrdiff_t& at(std::ptrdiff_t diagonal) { return x_[diagonal + changes_ + 1]; }
  std::ptrdiff_t at(std::ptrdiff_t diagonal) const { return x_[diagonal + changes_ + 1]; }

  /// Whether the last change on the way to a diagonal adds a line.
  bool comes_by_adding(std::ptrdiff_t diagonal, std::ptrdiff_t changes) const {
    return diagonal == -changes || (diagonal != changes && at(diagonal - 1) < at(diagonal + 1));
  }

 private:
  std::ptrdiff_t changes_;
  std::vector<std::ptrdiff_t> x_;
};

class Search {
 public:
  Search(const Lines& before, const Lines& after)
      : before_(before), after_(after), last_(std::ssize(before) - std::ssize(after)) {}

  std::optional<std::vector<DiffLine>> run() {
    const auto most =
        std::min<std::ptrdiff_t>(most_few_changes, std::ssize(before_) + std::ssize(after_));
    Reach start(0);
    start.at(1) = 0;
    reached_.push_back(start);
    for (std::ptrdiff_t changes = 0; changes <= most; ++changes) {
      if (step(changes)) return way(changes);
    }
    return std::nullopt;
  }

 private:
  /// Whether the end is reached with so many changes.
  bool step(std::ptrdiff_t changes) {
    const Reach& before = reached_.back();
    Reach now(changes + 1);
    for (std::ptrdiff_t diagonal = -changes; diagonal <= changes; diagonal += 2) {
      std::ptrdiff_t x = before.comes_by_adding(diagonal, changes) ? before.at(diagonal + 1)
                                                                   : before.at(diagonal - 1) + 1;
      while (x < std::ssize(before_) && x - diagonal < std::ssize(after_) &&
             before_[x] == after_[x - diagonal])
        ++x;
      now.at(diagonal) = x;
      if (diagonal == last_ && x >= std::ssize(before_)) return true;
    }
    reached_.push_back(std::move(now));
    return false;
  }

  /// From the end back to the start.
  std::vector<DiffLine> way(std::ptrdiff_t changes) const {
    std::vector<DiffLine> lines;
    std::ptrdiff_t x = std::ssize(before_);
    std::ptrdiff_t diagonal = last_;
    for (; changes > 0; --changes) {
      const Reach& reached = reached_[changes];
      const bool added = reached.comes_by_adding(diagonal, changes);
      const std::ptrdiff_t from = added ? diagonal + 1 : diagonal - 1;
      const std::ptrdiff_t start = added ? reached.at(from) : reached.at(from) + 1;
      while (x > start) lines.push_back({' ', before_[--x]});
      if (added)
        lines.push_back({'+', after_[x - diagonal - 1]});
      else
        lines.push_back({'-', before_[--x]});
      diagonal = from;
    }
    while (x > 0) lines.push_back({' ', before_[--x]});
    std::ranges::reverse(lines);
    return lines;
  }

  const Lines& before_;
  const Lines& after_;
  const std::ptrdiff_t last_;   ///< The diagonal on which the end is.
  std::vector<Reach> reached_;  ///< With one change less than its index.
};

}  // namespace

std::optional<std::vector<DiffLine>> few_changes(const Lines& before, const Lines& after) {
  return Search(before, after).run();
}

}  // namespace kmodsec
