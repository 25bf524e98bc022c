// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/journal.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <string_view>

#include "base/text.hpp"
#include "system/files/descriptor.hpp"
#include "system/host/system_log.hpp"

namespace kmodsec {
namespace {

/// One line for each field (https://systemd.io/JOURNAL_NATIVE_PROTOCOL). A line break would begin
/// another field.
void add_field(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append("=").append(printable(value)).append("\n");
}

std::string datagram_of(const JournalEntry& entry) {
  std::string text;
  add_field(text, "MESSAGE", entry.message);
  add_field(text, "PRIORITY", std::to_string(entry.priority));
  add_field(text, "SYSLOG_IDENTIFIER", "kmodsec");
  if (!entry.message_id.empty()) add_field(text, "MESSAGE_ID", entry.message_id);
  for (const auto& [name, value] : entry.fields) {
    if (!value.empty()) add_field(text, name, value);
  }
  return text;
}

bool send_to(const std::string& path, std::string_view datagram) {
  const Descriptor fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!fd.is_open()) return false;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, path.data(), path.size());
  const ssize_t sent = ::sendto(fd.get(), datagram.data(), datagram.size(), MSG_NOSIGNAL,
                                reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return sent == static_cast<ssize_t>(datagram.size());
}

}  // namespace

void write_journal(const std::string& socket, const JournalEntry& entry) {
  if (!send_to(socket, datagram_of(entry))) write_system_log(entry.priority, entry.message);
}

}  // namespace kmodsec
