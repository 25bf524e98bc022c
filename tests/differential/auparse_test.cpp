// SPDX-License-Identifier: GPL-2.0-or-later
// Our reading of an audit log against the library of the audit project.
#include <cstdlib>
#include <map>
#include <memory>
#include <string>

#include <auparse.h>
#include <gtest/gtest.h>

#include "analyze/auditd/event_origins.hpp"
#include "format/auditd/audit_events.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

const std::string log_path =
    KMODSEC_SOURCE_DIR "/tests/trees/audit_log/root/var/log/audit/audit.log";

/// An event as fields of its records, in raw form but for what is named.
using Fields = std::map<std::string, std::string>;

std::string text_of(const char* text) {
  return text == nullptr ? std::string{} : std::string(text);
}

Fields fields_of(auparse_state_t* state) {
  Fields fields;
  for (bool more = auparse_first_record(state) > 0; more; more = auparse_next_record(state) > 0) {
    const std::string type = text_of(auparse_get_type_name(state));
    if (type != "SYSCALL" && type != "KERN_MODULE") continue;
    for (bool next = auparse_first_field(state) > 0; next; next = auparse_next_field(state) > 0) {
      const std::string name = text_of(auparse_get_field_name(state));
      if (type == "KERN_MODULE" && name != "name") continue;
      const bool in_words = name == "comm" || name == "exe" || name == "name" || name == "syscall";
      fields.emplace(
          type == "KERN_MODULE" ? "module" : name,
          text_of(in_words ? auparse_interpret_field(state) : auparse_get_field_str(state)));
    }
  }
  return fields;
}

bool is_about_modules(const Fields& fields) {
  const auto call = fields.find("syscall");
  return call != fields.end() && call->second.find("_module") != std::string::npos;
}

std::map<std::uint64_t, Fields> read_by_auparse() {
  const std::unique_ptr<auparse_state_t, void (*)(auparse_state_t*)> state(
      auparse_init(AUSOURCE_FILE, log_path.c_str()), auparse_destroy);
  std::map<std::uint64_t, Fields> events;
  while (auparse_next_event(state.get()) > 0) {
    Fields fields = fields_of(state.get());
    if (is_about_modules(fields)) events[auparse_get_serial(state.get())] = std::move(fields);
  }
  return events;
}

std::map<std::uint64_t, ModuleEvent> read_by_us() {
  std::map<std::uint64_t, ModuleEvent> events;
  EventOrigins origins;
  AuditEvents joiner(origins, [&](const ModuleEvent& event) { events[event.serial] = event; });
  AuditSieve sieve([&](const AuditEventLines& lines) { joiner.add(lines); });
  sieve.feed(read_host_file(log_path, 16UL * 1024 * 1024).value_or(""));
  sieve.finish();
  return events;
}

std::string number(const std::optional<std::uint32_t>& value) {
  return std::to_string(value.value_or(4294967295));
}

TEST(AuditLog, SaysWhatAuparseSays) {
  const auto theirs = read_by_auparse();
  const auto ours = read_by_us();
  ASSERT_GT(theirs.size(), 10U);
  ASSERT_EQ(ours.size(), theirs.size());
  for (const auto& [serial, event] : ours) {
    ASSERT_TRUE(theirs.contains(serial)) << serial;
    Fields fields = theirs.at(serial);
    EXPECT_EQ(event.syscall, fields["syscall"]) << serial;
    EXPECT_EQ(number(event.pid), fields["pid"]) << serial;
    EXPECT_EQ(number(event.ppid), fields["ppid"]) << serial;
    EXPECT_EQ(number(event.uid.id), fields["uid"]) << serial;
    EXPECT_EQ(number(event.auid.id), fields["auid"]) << serial;
    EXPECT_EQ(number(event.session), fields["ses"]) << serial;
    EXPECT_EQ(event.comm, fields["comm"]) << serial;
    EXPECT_EQ(event.exe, fields["exe"]) << serial;
    EXPECT_EQ("\"" + event.key + "\"", fields["key"]) << serial;
    EXPECT_EQ(event.error == 0, fields["success"] == "yes") << serial;
    if (event.module_from == EventSource::record) {
      EXPECT_EQ(event.module, fields["module"]) << serial;
    }
  }
}

}  // namespace
}  // namespace kmodsec
