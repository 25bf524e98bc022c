// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/rpm_header.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/bytes.hpp"

namespace kmodsec {
namespace {

std::string big(std::uint32_t value) {
  std::string bytes = test::little(value, sizeof(value));
  std::ranges::reverse(bytes);
  return bytes;
}

/// Puts a header together, entry by entry.
class Header {
 public:
  Header& add(std::uint32_t tag, std::uint32_t type, std::uint32_t count, const std::string& data) {
    entries_ += big(tag) + big(type) + big(static_cast<std::uint32_t>(data_.size())) + big(count);
    data_ += data;
    ++count_;
    return *this;
  }
  Header& text(std::uint32_t tag, const std::string& text) { return add(tag, 6, 1, text + '\0'); }
  Header& number(std::uint32_t tag, std::uint32_t number) { return add(tag, 4, 1, big(number)); }
  Header& texts(std::uint32_t tag, const std::vector<std::string>& list) {
    std::string data;
    for (const std::string& text : list) data += text + '\0';
    return add(tag, 8, static_cast<std::uint32_t>(list.size()), data);
  }
  Header& numbers(std::uint32_t tag, const std::vector<std::uint32_t>& list) {
    std::string data;
    for (const std::uint32_t number : list) data += big(number);
    return add(tag, 4, static_cast<std::uint32_t>(list.size()), data);
  }
  std::string bytes() const {
    return big(count_) + big(static_cast<std::uint32_t>(data_.size())) + entries_ + data_;
  }

 private:
  std::uint32_t count_ = 0;
  std::string entries_;
  std::string data_;
};

const std::string digest(64, 'a');

Header kernel() {
  Header header;
  header.text(1000, "kernel-core").text(1001, "6.1").text(1002, "1.fc40").number(1008, 1700000000);
  header.numbers(1116, {0, 1, 1}).texts(1117, {"vmlinuz", "a.ko", "b.ko"});
  header.texts(1118, {"/boot/", "/lib/modules/6.1/"}).texts(1035, {"", digest, digest});
  return header;
}

bool all(std::string_view) { return true; }

std::vector<RpmFile> files_of(const std::string& bytes) {
  return RpmHeader::parse(bytes).value().files(all).value();
}

TEST(RpmHeader, NamesThePackageAndItsFiles) {
  const std::string bytes = kernel().number(5011, 8).bytes();
  const auto header = RpmHeader::parse(bytes);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->name(), "kernel-core");
  EXPECT_EQ(header->version(), "6.1-1.fc40");
  EXPECT_EQ(header->install_time(), 1700000000);
  const auto files = header->files([](std::string_view folder) { return folder != "/boot/"; });
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 2U);
  EXPECT_EQ(files->front().path, "/lib/modules/6.1/a.ko");
  EXPECT_EQ(files->front().sha256, digest);
}

TEST(RpmHeader, TheModeTellsALink) {
  const auto links = [](const std::string& modes) {
    std::vector<std::string> found;
    for (const RpmFile& file : files_of(kernel().add(1030, 3, 3, modes).bytes()))
      if (file.is_link) found.push_back(file.path);
    return found;
  };
  EXPECT_EQ(links("\x81\xa4\xa1\xff\x81\xa4"), (std::vector<std::string>{"/lib/modules/6.1/a.ko"}));
  EXPECT_EQ(links("\xa1"), std::vector<std::string>{}) << "a list that is cut tells nothing";
  EXPECT_FALSE(files_of(kernel().bytes()).front().is_link);
}

TEST(RpmHeader, AnEpochStandsBeforeTheVersion) {
  const std::string bytes = kernel().number(1003, 2).bytes();
  EXPECT_EQ(RpmHeader::parse(bytes)->version(), "2:6.1-1.fc40");
}

TEST(RpmHeader, ADigestOfAnotherKindIsNone) {
  for (const RpmFile& file : files_of(kernel().number(5011, 10).bytes()))
    EXPECT_EQ(file.sha256, "");
  for (const RpmFile& file : files_of(kernel().bytes())) EXPECT_EQ(file.sha256, "");
}

TEST(RpmHeader, WhatRpmDidNotInstallIsNotItsFile) {
  const std::string replaced_and_left_out("\0\1\2", 3);
  const auto files = files_of(kernel().add(1029, 1, 3, replaced_and_left_out).bytes());
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files.front().path, "/boot/vmlinuz");
}

TEST(RpmHeader, TheLaterOfTwoEntriesCounts) {
  const std::string bytes = kernel().text(1001, "6.2").bytes();
  EXPECT_EQ(RpmHeader::parse(bytes)->version(), "6.2-1.fc40");
}

TEST(RpmHeader, AKeyHasNoFiles) {
  const std::string bytes = Header().text(1000, "gpg-pubkey").bytes();
  EXPECT_TRUE(files_of(bytes).empty());
}

TEST(RpmHeader, IsRefusedWhereItIsCut) {
  const std::string bytes = kernel().bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(RpmHeader::parse(std::string_view(bytes).substr(0, size))) << size;
}

TEST(RpmHeader, ListsThatDoNotFitAreRefused) {
  const std::string none = Header().text(1000, "x").texts(1117, {"a"}).bytes();
  EXPECT_FALSE(RpmHeader::parse(none)->files(all));
  const std::string outside =
      Header().text(1000, "x").texts(1117, {"a"}).texts(1118, {"/"}).numbers(1116, {7}).bytes();
  EXPECT_FALSE(RpmHeader::parse(outside)->files(all));
  const std::string shorter = Header()
                                  .text(1000, "x")
                                  .texts(1117, {"a", "b"})
                                  .texts(1118, {"/"})
                                  .numbers(1116, {0})
                                  .bytes();
  EXPECT_FALSE(RpmHeader::parse(shorter)->files(all));
  const std::string endless = Header()
                                  .text(1000, "x")
                                  .texts(1118, {"/"})
                                  .add(1117, 8, 0xFFFFFFFF, std::string("a\0", 2))
                                  .numbers(1116, {0})
                                  .bytes();
  EXPECT_FALSE(RpmHeader::parse(endless)->files(all));
}

}  // namespace
}  // namespace kmodsec
