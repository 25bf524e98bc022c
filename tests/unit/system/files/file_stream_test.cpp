// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/file_stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

namespace kmodsec::test {
namespace {

/// A file that fails, or ends, at one of its bytes.
class FlawedFile : public File {
 public:
  explicit FlawedFile(std::string content) : content_(std::move(content)) {}

  Result<std::string> read(std::uint64_t offset, std::size_t length) const override {
    if (offset + length > fails_at) return failure(ErrorKind::io, "x", "made to fail");
    return content_.substr(0, std::min<std::uint64_t>(ends_at, content_.size()))
        .substr(offset, length);
  }
  std::uint64_t size() const override { return content_.size(); }

  std::uint64_t fails_at = UINT64_MAX;
  std::uint64_t ends_at = UINT64_MAX;

 private:
  std::string content_;
};

std::string varied(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i * i / 1000);
  return text;
}

std::string rest_of(FileStream& stream, std::size_t least) {
  std::string text;
  for (std::string_view next = stream.peek(least); !next.empty(); next = stream.peek(least)) {
    const std::size_t taken = std::min(next.size(), least);
    text += next.substr(0, taken);
    stream.skip(taken);
  }
  return text;
}

TEST(FileStream, GivesAPartOfTheFile) {
  const std::string content = varied(300'000);
  const FlawedFile file(content);
  for (const std::size_t least : {1UL, 7UL, 4096UL, 65'536UL, 100'000UL, 1'000'000UL}) {
    FileStream stream(file, 11, 200'001);
    EXPECT_TRUE(rest_of(stream, least) == content.substr(11, 200'001)) << least;
    EXPECT_EQ(stream.position(), 200'001);
    EXPECT_TRUE(stream.state());
  }
}

TEST(FileStream, ErrorsAreKept) {
  FlawedFile file(varied(300'000));
  file.fails_at = 150'000;
  FileStream stream(file, 0, file.size());
  const std::string rest = rest_of(stream, 10);
  constexpr std::size_t one_read = 65'536, at_hand = one_read % 10;
  EXPECT_EQ(rest.size(), 2 * one_read - at_hand);
  EXPECT_TRUE(varied(300'000).starts_with(rest));
  EXPECT_EQ(to_string(stream.state().error()), "x: made to fail");
}

TEST(FileStream, AFileMayBecomeShorter) {
  FlawedFile file(varied(300'000));
  file.ends_at = 150'000;
  FileStream stream(file, 0, file.size());
  EXPECT_EQ(rest_of(stream, 10).size(), 150'000);
  EXPECT_EQ(stream.state().error().reason, "became shorter while it was read");
}

}  // namespace
}  // namespace kmodsec::test
