// SPDX-License-Identifier: GPL-2.0-or-later
// A library that is put before libaudit (LD_PRELOAD) where auditctl is compared with our reader: it
// stands for the kernel, takes every rule, and writes down what auditctl asks for and says. No rule
// of the machine changes.
#include <fcntl.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <libaudit.h>

namespace {

std::FILE* journal() {
  static std::FILE* const file = std::fopen(std::getenv("KMODSEC_AUDITCTL_JOURNAL"), "we");
  return file;
}

void note_rule(const char* what, audit_rule_data* rule, int flags, int action) {
  rule->flags = static_cast<unsigned>(flags);
  rule->action = static_cast<unsigned>(action);
  std::fprintf(journal(), "%s ", what);
  const auto* bytes = reinterpret_cast<const unsigned char*>(rule);
  for (std::size_t i = 0; i < sizeof *rule + rule->buflen; ++i)
    std::fprintf(journal(), "%02x", bytes[i]);
  std::fprintf(journal(), "\n");
}

}  // namespace

extern "C" {

int audit_open() { return ::open("/dev/null", O_RDWR | O_CLOEXEC); }
int audit_can_control() { return 1; }
int audit_is_enabled(int) {
  errno = 0;
  return 1;
}

int audit_add_rule_data(int, audit_rule_data* rule, int flags, int action) {
  note_rule("add", rule, flags, action);
  return 1;
}
int audit_delete_rule_data(int, audit_rule_data* rule, int flags, int action) {
  note_rule("delete", rule, flags, action);
  return 1;
}

void audit_msg(int, const char* format, ...) {
  std::fprintf(journal(), "says ");
  va_list arguments;
  va_start(arguments, format);
  std::vfprintf(journal(), format, arguments);
  va_end(arguments);
  std::fprintf(journal(), "\n");
}

/// The end of every list: there are no rules.
int audit_get_reply(int, audit_reply* reply, reply_t, int) {
  static nlmsghdr header{};
  header.nlmsg_type = NLMSG_DONE;
  header.nlmsg_seq = 1;
  std::memset(static_cast<void*>(reply), 0, sizeof *reply);
  reply->type = NLMSG_DONE;
  reply->nlh = &header;
  return 1;
}

uint32_t audit_get_features() { return ~0U; }
int audit_request_rules_list_data(int) { return 1; }
int audit_request_status(int) { return 1; }
int audit_request_features(int) { return 1; }
int audit_set_enabled(int, uint32_t) { return 1; }
int audit_set_failure(int, uint32_t) { return 1; }
int audit_set_rate_limit(int, uint32_t) { return 1; }
int audit_set_backlog_limit(int, uint32_t) { return 1; }
int audit_set_backlog_wait_time(int, uint32_t) { return 1; }
int audit_set_loginuid_immutable(int) { return 1; }
int audit_reset_lost(int) { return 0; }
int audit_reset_backlog_wait_time_actual(int) { return 0; }
int audit_trim_subtrees(int) { return 1; }
int audit_make_equivalent(int, const char*, const char*) { return 1; }
int audit_log_user_message(int, int, const char*, const char*, const char*, const char*, int) {
  return 1;
}
}
