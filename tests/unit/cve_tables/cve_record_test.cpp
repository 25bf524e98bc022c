// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/cve_record.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kmodsec {
namespace {

std::string record(const std::string& files, const std::string& metrics = "[]") {
  return R"({"containers": {"cna": {"affected": [{"programFiles": )" + files +
         R"(}, {"programFiles": )" + files + R"(}], "metrics": )" + metrics + "}}}";
}

TEST(CveRecord, TellsFilesOnce) {
  const auto told = parse_cve_record(record(R"(["net/b.c", "fs/a.c"])"));
  ASSERT_TRUE(told);
  EXPECT_EQ(told->files, (std::vector<std::string>{"fs/a.c", "net/b.c"}));
  EXPECT_EQ(told->score, "");
  EXPECT_FALSE(told->speaks_of_userns);
}

TEST(CveRecord, TellsTheScore) {
  const auto told = parse_cve_record(record(R"(["fs/a.c"])", R"([{
      "cvssV3_1": {"vectorString": "CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:H"},
      "scenarios": [{"value": "AV:L - local\nPR:L - in a User Namespace of one's own\nA:H - x"}]}])"));
  ASSERT_TRUE(told);
  EXPECT_EQ(told->score, "LHLNUHNH");
  EXPECT_TRUE(told->speaks_of_userns);
}

TEST(CveRecord, LooksForUserNamespacesInTheReasonForPrivileges) {
  const auto told = parse_cve_record(record(R"(["fs/a.c"])", R"([{
      "cvssV3_1": {"vectorString": "CVSS:3.1/AV:X/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:H"},
      "scenarios": [{"value": "AV:L - by a user namespace\nPR:L - no"}]}])"));
  ASSERT_TRUE(told);
  EXPECT_EQ(told->score, "");
  EXPECT_FALSE(told->speaks_of_userns);
}

TEST(CveRecord, RefusesWhatIsNone) {
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("{}"), record("[]"),
        record(R"(["../etc/passwd"])"), record(R"(["/etc/passwd"])"), record(R"([7])"),
        record(R"(["a\tb"])"), record(R"({"a": {"b": 1}})")})
    EXPECT_FALSE(parse_cve_record(text)) << text;
}

}  // namespace
}  // namespace kmodsec
