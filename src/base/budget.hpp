// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// What one run may spend on what others made.
struct Limits {
  static constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t bytes = 64ULL * 1024 * 1024 * 1024;  ///< Read, and unpacked of what was read.
  std::uint64_t entries = 20'000'000;                ///< Files, members of archives, words of text.
  std::uint64_t seconds = 900;                       ///< Of work, on all processors together.
};

/// Sets the limit that "bytes=64G", "entries=1M", "seconds=60" or "none" tells of. Errors: `usage`.
Result<void> set_limit(std::string_view text, Limits& limits);

/// Counts what a run spends. Once a limit is passed, nothing more is looked at. Safe to share among
/// threads.
class Budget {
 public:
  /// Seconds of work that this process has done.
  using Clock = std::uint64_t (*)();

  Budget() : Budget({Limits::none, Limits::none, Limits::none}, nullptr) {}
  Budget(const Limits& limits, Clock clock) : limits_(limits), clock_(clock) {}

  void take_bytes(std::uint64_t count) { take(Kind::bytes, bytes_, count, limits_.bytes); }
  void take_entries(std::uint64_t count) { take(Kind::entries, entries_, count, limits_.entries); }

  /// The same for the words of a text, and for its lines.
  void take_words(std::string_view text);

  /// Whether there is something left. Error: `too_large`, with what was spent.
  Result<void> check(std::string_view subject);

  /// Why nothing more is looked at; nothing while there is something left.
  std::optional<std::string> why_spent() const;

  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t bytes_left() const { return limits_.bytes - std::min(bytes(), limits_.bytes); }
  std::uint64_t entries() const { return entries_; }
  std::uint64_t seconds() const { return limits_.seconds; }  ///< That it may work.

 private:
  enum class Kind { nothing, bytes, entries, seconds };

  void take(Kind kind, std::atomic<std::uint64_t>& spent, std::uint64_t count,
            std::uint64_t limit) {
    if (spent.fetch_add(count, std::memory_order_relaxed) + count > limit) spent_ = kind;
  }

  Limits limits_;
  Clock clock_;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::atomic<std::uint64_t> entries_ = 0;
  std::atomic<Kind> spent_ = Kind::nothing;
};

}  // namespace kmodsec
