// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_asn1.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace kmodsec::kernel_asn1 {
namespace {

constexpr unsigned char constructed_bit = 0x20;
constexpr unsigned char tag_number = 0x1f;
constexpr unsigned char indefinite = 0x80;

/// Bytes with a position, where reading past the end is nothing.
class Cursor {
 public:
  Cursor(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}

  std::size_t at() const { return at_; }
  std::size_t left() const { return bytes_.size() - at_; }
  unsigned char next() { return static_cast<unsigned char>(bytes_[at_++]); }

  bool skip(std::size_t length) {
    if (length > left()) return false;
    at_ += length;
    return true;
  }

  /// A length of up to `most` bytes, the first of which was read already.
  std::optional<std::size_t> long_length(unsigned char first, std::size_t most) {
    const std::size_t count = first - indefinite;
    if (count > most || count > left()) return std::nullopt;
    std::size_t length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8U | next();
    return length;
  }

 private:
  std::string_view bytes_;
  std::size_t at_;
};

/// Past the tag; false where it does not end.
bool skip_long_tag(Cursor& cursor) {
  while (cursor.left() >= 2) {
    if ((cursor.next() & 0x80U) == 0) return true;
  }
  return false;
}

/// The size of what begins at `start` and goes on to its end-of-contents mark, which counts.
std::optional<std::size_t> indefinite_size(std::string_view bytes, std::size_t start) {
  constexpr std::size_t widest = 7;
  Cursor cursor(bytes, start);
  for (std::size_t open = 1; cursor.left() >= 2;) {
    const unsigned char tag = cursor.next();
    if (tag == 0) {
      if (cursor.next() != 0) return std::nullopt;
      if (--open == 0) return cursor.at() - start;
      continue;
    }
    if ((tag & tag_number) == tag_number && !skip_long_tag(cursor)) return std::nullopt;
    if (cursor.left() == 0) return std::nullopt;
    const unsigned char first = cursor.next();
    if (first == indefinite) {
      if ((tag & constructed_bit) == 0) return std::nullopt;
      ++open;
      continue;
    }
    const auto length =
        first < indefinite ? std::optional<std::size_t>(first) : cursor.long_length(first, widest);
    if (!length || !cursor.skip(*length)) return std::nullopt;
  }
  return std::nullopt;
}

/// Follows the steps of a pattern. What is remembered between two steps, and when it is forgotten,
/// is the kernel's: its alternatives and its ends of input lean on that.
class Decoder {
 public:
  Decoder(std::span<const Step> pattern, std::string_view bytes, Actions& actions)
      : pattern_(pattern), bytes_(bytes), actions_(actions), end_(bytes.size()) {}

  KernelErrno run() {
    for (;;) {
      if (step_ == pattern_.size()) {
        if (triggers_.empty()) return KernelErrno::none;
        leave_sub();
        continue;
      }
      const KernelErrno error = take(pattern_[step_]);
      if (error != KernelErrno::none) return error;
    }
  }

 private:
  struct Trigger {
    std::span<const Step> pattern;
    std::size_t step;
  };
  struct Open {
    std::size_t value;
    std::size_t header;
    std::optional<std::size_t> outer_end;  ///< Nothing for an indefinite length.
  };

  void leave_sub() {
    pattern_ = triggers_.back().pattern;
    step_ = triggers_.back().step;
    triggers_.pop_back();
    matched_ = sub_matched_ = true;
  }

  KernelErrno take(const Step& step) {
    switch (step.op) {
      case Op::match:
      case Op::any: return match(step);
      case Op::end:
      case Op::end_of: return end(step);
      case Op::act: ++step_; return tell(step.action, tag_, length_);
      case Op::act_if:
        ++step_;
        return sub_matched_ ? tell(step.action, tag_, length_) : KernelErrno::none;
      case Op::require: ++step_; return matched_ ? KernelErrno::none : KernelErrno::ebadmsg;
    }
    return KernelErrno::ebadmsg;
  }

  KernelErrno tell(unsigned char action, unsigned char tag, std::size_t length) const {
    if (action == 0) return KernelErrno::none;
    const std::size_t start = value_ - header_;
    return actions_.act(action, {.value = bytes_.substr(value_, length),
                                 .whole = bytes_.substr(start, header_ + length),
                                 .tag = tag});
  }

  KernelErrno match(const Step& step) {
    if ((step.alternative && matched_) || (step.optional && at_ == end_)) {
      sub_matched_ = false;
      ++step_;
      return KernelErrno::none;
    }
    matched_ = sub_matched_ = false;
    if (end_ - at_ < 2) return KernelErrno::ebadmsg;
    const auto tag = static_cast<unsigned char>(bytes_[at_]);
    if ((tag & tag_number) == tag_number) return KernelErrno::ebadmsg;
    const unsigned char required = step.op == Op::match ? step.tag : 0;
    const auto free_bit = static_cast<unsigned char>(~(required & constructed_bit));
    if (step.op == Op::match && ((required ^ tag) & free_bit) != 0) {
      ++step_;
      return step.optional ? KernelErrno::none : KernelErrno::ebadmsg;
    }
    tag_ = tag;
    matched_ = true;
    if (!read_length()) return KernelErrno::ebadmsg;
    if ((required & constructed_bit) != 0) return enter(step);
    return pass_over(step);
  }

  /// Of the element at hand, whose tag was looked at.
  bool read_length() {
    Cursor cursor(bytes_.substr(0, end_), at_ + 1);
    const unsigned char first = cursor.next();
    is_indefinite_ = first == indefinite;
    std::optional<std::size_t> length = first;
    if (is_indefinite_) {
      if ((tag_ & constructed_bit) == 0 || cursor.left() < 2) return false;
    } else if (first > indefinite) {
      length = cursor.long_length(first, 2);
    }
    if (!length || (!is_indefinite_ && *length > cursor.left())) return false;
    length_ = *length;
    header_ = cursor.at() - at_;
    value_ = at_ = cursor.at();
    return true;
  }

  KernelErrno enter(const Step& step) {
    open_.push_back({at_, header_, std::nullopt});
    if (!is_indefinite_) {
      open_.back().outer_end = end_;
      end_ = at_ + length_;
    }
    ++step_;
    if (!step.sub.empty()) {
      triggers_.push_back({pattern_, step_});
      pattern_ = step.sub;
      step_ = 0;
    }
    return KernelErrno::none;
  }

  KernelErrno pass_over(const Step& step) {
    if (is_indefinite_) {
      const auto size = indefinite_size(bytes_.substr(0, end_), at_);
      if (!size) return KernelErrno::ebadmsg;
      length_ = *size;
    }
    const KernelErrno error = tell(step.action, tag_, length_);
    at_ += length_;
    ++step_;
    return error;
  }

  KernelErrno end(const Step& step) {
    const Open open = open_.back();
    open_.pop_back();
    const bool repeats = step.op == Op::end_of;
    if (open.outer_end) {
      if (at_ < end_ && repeats) return again(step, open);
      if (at_ != end_) return KernelErrno::ebadmsg;
      end_ = *open.outer_end;
      length_ = at_ - open.value;
    } else {
      if (end_ - at_ < 2) return KernelErrno::ebadmsg;
      if (bytes_[at_] != 0) return repeats ? again(step, open) : KernelErrno::ebadmsg;
      if (bytes_[at_ + 1] != 0) return KernelErrno::ebadmsg;
      length_ = at_ - open.value;
      at_ += 2;
    }
    value_ = open.value;
    header_ = open.header;
    ++step_;
    return tell(step.action, 0, length_);
  }

  KernelErrno again(const Step& step, const Open& open) {
    open_.push_back(open);
    step_ -= step.loop;
    return KernelErrno::none;
  }

  std::span<const Step> pattern_;
  std::string_view bytes_;
  Actions& actions_;
  std::size_t step_ = 0;
  std::vector<Trigger> triggers_;
  std::vector<Open> open_;

  std::size_t at_ = 0;
  std::size_t end_;
  std::size_t value_ = 0;  ///< Where the value begins of what was matched or ended last.
  std::size_t header_ = 0;
  std::size_t length_ = 0;
  unsigned char tag_ = 0;
  bool is_indefinite_ = false;
  bool matched_ = false;
  bool sub_matched_ = false;
};

}  // namespace

KernelErrno decode(std::span<const Step> pattern, std::string_view bytes, Actions& actions) {
  if (bytes.size() > longest_message) return KernelErrno::emsgsize;
  return Decoder(pattern, bytes, actions).run();
}

}  // namespace kmodsec::kernel_asn1
