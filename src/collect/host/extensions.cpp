// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/extensions.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "collect/limits.hpp"

namespace kmodsec {
namespace {

/// Where extensions lie, which of their folders count, and where systemd lists the merged ones.
struct Kind {
  std::array<std::string_view, 6> folders;
  std::array<std::string_view, 5> brings;
  std::string_view merged;
};

constexpr Kind kinds[] = {{{"/etc/extensions", "/run/extensions", "/var/lib/extensions",
                            "/usr/local/lib/extensions", "/usr/lib/extensions", "/.extra/sysext"},
                           {"/usr/lib/modules", "/usr/lib/modprobe.d", "/usr/lib/modules-load.d",
                            "/usr/local/lib/modprobe.d", "/usr/local/lib/modules-load.d"},
                           "/usr/.systemd-sysext/extensions"},
                          {{"/run/confexts", "/var/lib/confexts", "/usr/local/lib/confexts",
                            "/usr/lib/confexts", "/etc/confexts", "/.extra/confext"},
                           {"/etc/modprobe.d", "/etc/modules-load.d", "/etc/depmod.d",
                            "/etc/modules", "/etc/modprobe.conf"},
                           "/etc/.systemd-confext/extensions"}};

std::string_view plain_name(std::string_view name) {
  return name.ends_with(".raw") ? name.substr(0, name.size() - 4) : name;
}

std::set<std::string> merged_extensions(const Root& root, std::string_view path) {
  std::set<std::string> names;
  const auto text = root.read(path, configuration_limit);
  if (!text) return names;
  for_each_line(*text, [&](std::string_view line, std::size_t) { names.emplace(trim(line)); });
  return names;
}

class Search {
 public:
  explicit Search(const Root& root) : root_(root) {}

  void run(const Kind& kind) {
    const auto merged = merged_extensions(root_, kind.merged);
    std::set<std::string> known;
    for (const std::string_view folder : kind.folders) {
      const auto entries = root_.list(folder);
      if (!entries && entries.error().kind != ErrorKind::not_found)
        unseen_.push_back({std::string(folder), entries.error().reason});
      for (const Entry& entry : entries ? *entries : std::vector<Entry>{}) {
        const std::string name(plain_name(entry.name));
        if (known.insert(name).second && !merged.contains(name))
          look_at(kind, std::string(folder) + "/" + entry.name);
      }
    }
  }

  std::vector<Unseen> take() { return std::move(unseen_); }

 private:
  /// A link to /dev/null masks the extension of its name.
  void look_at(const Kind& kind, const std::string& path) {
    const auto status = root_.status(path);
    if (!status) {
      if (status.error().kind != ErrorKind::not_found)
        unseen_.push_back({utf8_text(path), status.error().reason});
      return;
    }
    if (status->type == FileType::directory) return look_into(kind, path);
    if (path.ends_with(".raw"))
      unseen_.push_back({utf8_text(path),
                         "is an image of a system extension, which may bring modules and their "
                         "configuration, and kmodsec does not read it"});
  }

  void look_into(const Kind& kind, const std::string& path) {
    const bool has_versions = path.ends_with(".v") || path.ends_with(".mstack");
    const bool brings = std::ranges::any_of(kind.brings, [&](std::string_view folder) {
      const auto status = root_.status(path + std::string(folder));
      return status || status.error().kind != ErrorKind::not_found;
    });
    if (has_versions || brings)
      unseen_.push_back({utf8_text(path),
                         "is a system extension that brings modules or their configuration, and "
                         "is not merged into what is looked at"});
  }

  const Root& root_;
  std::vector<Unseen> unseen_;
};

}  // namespace

std::vector<Unseen> unread_extensions(const Root& root) {
  Search search(root);
  for (const Kind& kind : kinds) search.run(kind);
  return search.take();
}

}  // namespace kmodsec
