// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/policy/profiles.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/host/masked_paths.hpp"
#include "collect/host/trusted_files.hpp"
#include "format/policy/profile.hpp"
#include "model/policy/shipped_profiles.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view folder = "/etc/kmodsec/profiles";
constexpr std::string_view ending = ".toml";
constexpr std::size_t profile_limit = 1024UL * 1024;
constexpr std::size_t most_files = 256;
constexpr std::size_t most_modules = 16384;
constexpr std::size_t deepest = 16;

using Profiles = std::map<std::string, Profile>;

Result<Profile> parse_named(std::string_view text, std::string_view file) {
  auto profile = parse_profile(text);
  if (!profile) return failure(profile.error().kind, utf8_text(file), profile.error().reason);
  const std::string_view name = file_name(file);
  if (name != profile->name + std::string(ending))
    return failure(
        ErrorKind::malformed, utf8_text(file),
        fmt::format("its name is '{0}', so the file must be {0}{1}", profile->name, ending));
  return profile;
}

Result<Profiles> read_shipped() {
  Profiles profiles;
  for (const EmbeddedFile& file : shipped_profiles()) {
    auto profile = parse_named(file.text, file.name);
    if (!profile) return std::unexpected(profile.error());
    std::string name = profile->name;
    profiles.emplace(std::move(name), std::move(*profile));
  }
  return profiles;
}

Result<Profile> read_own(const Root& root, const std::string& path) {
  const auto text = read_trusted_file(root, path, profile_limit);
  if (!text) return std::unexpected(text.error());
  auto profile = parse_named(*text, path);
  if (profile) profile->file = utf8_text(path);
  return profile;
}

Result<std::vector<std::string>> own_files(const Root& root) {
  auto files = toml_files(root, std::string(folder));
  if (files && files->size() > most_files)
    return failure(ErrorKind::too_large, std::string(folder), "too many profiles");
  return files;
}

Result<void> add_own(const Root& root, Profiles& profiles) {
  const auto files = own_files(root);
  if (!files) return std::unexpected(files.error());
  if (files->empty()) return {};
  if (auto told = owners_can_be_told(root); !told) return told;
  for (const std::string& path : *files) {
    auto profile = read_own(root, path);
    if (!profile) return std::unexpected(profile.error());
    std::string name = profile->name;
    profiles.insert_or_assign(std::move(name), std::move(*profile));
  }
  return {};
}

std::string_view origin_of(const Profile& profile) {
  return profile.file.empty() ? std::string_view(profile.name) : std::string_view(profile.file);
}

/// Gives each profile the modules of those that it includes.
class Includer {
 public:
  explicit Includer(Profiles& profiles) : profiles_(profiles) {}

  Result<void> complete(Profile& profile) {
    if (complete_.contains(profile.name)) return {};
    path_.push_back(profile.name);
    if (path_.size() > deepest)
      return refuse(profile, ErrorKind::too_large, "profiles are included too deeply");
    for (const std::string& name : profile.includes) {
      if (auto added = include(name, profile); !added) return added;
    }
    path_.pop_back();
    complete_.insert(profile.name);
    return {};
  }

 private:
  Result<void> include(const std::string& name, Profile& profile) {
    if (std::ranges::find(path_, name) != path_.end())
      return refuse(profile, ErrorKind::malformed,
                    fmt::format("includes itself: {} → {}", join(path_, " → "), name));
    const auto included = profiles_.find(name);
    if (included == profiles_.end())
      return refuse(profile, ErrorKind::malformed,
                    fmt::format("includes '{}', and there is no such profile", name));
    if (auto done = complete(included->second); !done) return done;
    append_new(profile.modules, included->second.modules);
    if (profile.modules.size() > most_modules)
      return refuse(profile, ErrorKind::too_large, "too many modules");
    return {};
  }

  static void append_new(std::vector<ProfileModule>& modules,
                         const std::vector<ProfileModule>& more) {
    std::set<std::string, std::less<>> names;
    for (const ProfileModule& module : modules) names.insert(module.name);
    for (const ProfileModule& module : more) {
      if (!names.contains(module.name)) modules.push_back(module);
    }
  }

  static Result<void> refuse(const Profile& profile, ErrorKind kind, std::string why) {
    return failure(kind, std::string(origin_of(profile)), std::move(why));
  }

  Profiles& profiles_;
  std::set<std::string> complete_;
  std::vector<std::string> path_;
};

}  // namespace

Result<std::vector<Profile>> collect_profiles(const Root& root) {
  auto profiles = read_shipped();
  if (!profiles) return std::unexpected(profiles.error());
  if (auto added = add_own(root, *profiles); !added) return std::unexpected(added.error());
  Includer includer(*profiles);
  for (auto& [name, profile] : *profiles) {
    if (auto done = includer.complete(profile); !done) return std::unexpected(done.error());
  }
  std::vector<Profile> sorted;
  for (auto& [name, profile] : *profiles) sorted.push_back(std::move(profile));
  return sorted;
}

}  // namespace kmodsec
