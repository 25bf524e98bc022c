// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/byte_stream.hpp"

namespace kmodsec::test {

/// Has as little at hand as it may, each time elsewhere in memory: a reader that holds on to what
/// it was shown reads freed memory.
class SippedStream final : public ByteStream {
 public:
  explicit SippedStream(std::string_view bytes) : bytes_(bytes) {}

 private:
  std::string_view more(std::string_view, std::size_t least) override {
    sip_ = std::make_unique<std::string>(bytes_.substr(position(), least));
    return *sip_;
  }

  std::string_view bytes_;
  std::unique_ptr<std::string> sip_;
};

}  // namespace kmodsec::test
