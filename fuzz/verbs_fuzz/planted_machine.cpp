// SPDX-License-Identifier: GPL-2.0-or-later
#include "verbs_fuzz/planted_machine.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <filesystem>

#include "base/text.hpp"
#include "system/files/descriptor.hpp"

namespace kmodsec {
namespace {

constexpr std::array<mode_t, 8> modes = {0644, 0755, 0600, 0666, 0777, 04755, 02644, 0};
constexpr uid_t some_user = 1000;
constexpr std::size_t deepest = 16;

Planted entry_in(std::string_view bytes) {
  Planted entry;
  if (!bytes.empty()) entry.kind = bytes[0];
  if (bytes.size() > 1) entry.mode = bytes[1];
  bytes.remove_prefix(std::min<std::size_t>(bytes.size(), 2));
  const std::size_t end = std::min(bytes.find('\n'), bytes.size());
  entry.path = bytes.substr(0, end);
  entry.content = bytes.substr(std::min(end + 1, bytes.size()));
  return entry;
}

/// The folders on the way and the name; empty when it is no path that can lie in a folder.
std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty()) continue;
    const bool leads_away = part == "." || part == ".." || part.find('\0') != part.npos;
    if (leads_away || part.size() > NAME_MAX || parts.size() == deepest) return {};
    parts.emplace_back(part);
  }
  return parts;
}

/// Through folders alone: a link that was planted before is not followed.
Descriptor folder_of(const std::string& top, const std::vector<std::string>& parts) {
  Descriptor folder(::open(top.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  for (std::size_t i = 0; i + 1 < parts.size() && folder.is_open(); ++i) {
    ::mkdirat(folder.get(), parts[i].c_str(), 0755);
    folder = Descriptor(
        ::openat(folder.get(), parts[i].c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  }
  return folder;
}

bool write_file(int folder, const char* name, std::string_view content) {
  const Descriptor file(
      ::openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK, 0644));
  return file.is_open() && ::write(file.get(), content.data(), content.size()) >= 0;
}

bool put_access_list(int folder, const char* name, std::string_view value) {
  const Descriptor file(::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  constexpr const char* attribute = "system.posix_acl_access";
  return file.is_open() && ::fsetxattr(file.get(), attribute, value.data(), value.size(), 0) == 0;
}

/// What is handed in is a file: nobody names a pipe that has no writer, and who names a link to a
/// snapshot wants what it leads to.
bool has_kind(const Planted& entry) {
  if (entry.path == "snapshot.json") return entry.kind == 'f';
  const bool is_special = entry.kind == 'p' || entry.kind == 's';
  return !is_special || entry.path.starts_with("root/");
}

bool make(int folder, const char* name, const Planted& entry) {
  switch (entry.kind) {
    case 'd': return ::mkdirat(folder, name, 0755) == 0;
    case 'l': return ::symlinkat(entry.content.c_str(), folder, name) == 0;
    case 'p': return ::mknodat(folder, name, S_IFIFO | 0600, 0) == 0;
    case 's': return ::mknodat(folder, name, S_IFSOCK | 0600, 0) == 0;
    case 'a': return put_access_list(folder, name, entry.content);
    default: return write_file(folder, name, entry.content);
  }
}

void plant(const std::string& top, const Planted& entry) {
  const std::vector<std::string> parts = parts_of(entry.path);
  if (parts.empty() || !has_kind(entry)) return;
  const Descriptor folder = folder_of(top, parts);
  const char* name = parts.back().c_str();
  if (!folder.is_open() || !make(folder.get(), name, entry)) return;
  if (entry.kind == 'l' || entry.kind == 'a') return;
  const bool is_users = entry.mode >= 'A' && entry.mode <= 'Z';
  if (is_users) ::fchownat(folder.get(), name, some_user, some_user, AT_SYMLINK_NOFOLLOW);
  const std::size_t index = static_cast<unsigned char>(entry.mode) - (is_users ? 'A' : 'a');
  ::fchmodat(folder.get(), name, modes[index % modes.size()], 0);
}

}  // namespace

std::vector<Planted> planted_in(std::string_view bytes) {
  std::vector<Planted> machine;
  while (true) {
    const std::size_t end = bytes.find(entry_separator);
    machine.push_back(entry_in(bytes.substr(0, end)));
    if (end == bytes.npos) return machine;
    bytes.remove_prefix(end + entry_separator.size());
  }
}

std::string bytes_of(const std::vector<Planted>& machine) {
  std::string bytes;
  for (const Planted& entry : machine) {
    if (!bytes.empty()) bytes += entry_separator;
    bytes += entry.kind;
    bytes += entry.mode;
    bytes += entry.path + "\n" + entry.content;
  }
  return bytes;
}

Scratch::Scratch() {
  const char* memory = "/dev/shm";
  std::error_code ignored;
  folder_ = std::filesystem::is_directory(memory, ignored) ? memory : "/tmp";
  folder_ += "/kmodsec-verbs-XXXXXX";
  if (::mkdtemp(folder_.data()) == nullptr) std::abort();
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Scratch::lay_down(const std::vector<Planted>& machine) const {
  std::error_code ignored;
  for (const auto& old : std::filesystem::directory_iterator(folder_))
    std::filesystem::remove_all(old.path(), ignored);
  std::filesystem::create_directory(place("root"));
  for (const Planted& entry : machine) plant(folder_, entry);
}

}  // namespace kmodsec
