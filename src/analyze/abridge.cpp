// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/abridge.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace kmodsec {
namespace {

constexpr const char* left_out = "left out of a compact snapshot";

/// What verdicts and lists are made of: what depmod makes its indexes of, and what decides whether
/// a kernel takes a module.
constexpr std::array<std::string_view, 10> kept_fields = {
    "alias",   "depends",   "import_ns", "intree",   "license",
    "softdep", "retpoline", "staging",   "vermagic", "weakdep"};

/// The modules of which details decide: they are held against what is loaded, or their parameters
/// against what is configured.
std::unordered_set<std::string> modules_in_question(const Facts& facts) {
  std::unordered_set<std::string> names;
  const auto add_lines = [&](const std::vector<ConfigLine>& lines) {
    for (const ConfigLine& line : lines) names.insert(line.name);
  };
  if (facts.loaded) {
    for (const LoadedModule& module : *facts.loaded) names.insert(module.name);
  }
  if (facts.load) {
    add_lines(facts.load->lines);
    add_lines(facts.load->busybox_lines);
  }
  for (const ModuleTree& tree : facts.trees) {
    if (tree.boot) add_lines(tree.boot->load.lines);
  }
  if (facts.policy) {
    for (const PolicyOptions& options : facts.policy->options) names.insert(options.module);
  }
  return names;
}

std::unordered_set<std::string> revoked_files(const Facts& facts) {
  std::unordered_set<std::string> digests;
  if (!facts.trust) return digests;
  for (const Revocation& revocation : facts.trust->revocations) {
    if (revocation.kind == RevocationKind::file) digests.insert(revocation.value);
  }
  return digests;
}

bool is_vouched_for(const ModuleFile& file) {
  return file.package && (file.package->level == PackageLevel::db_match ||
                          file.package->level == PackageLevel::vendor_signed);
}

/// Aliases and needs come first: in this order the file of a module packs best.
void abridge(std::vector<InfoField>& info) {
  std::erase_if(info, [](const InfoField& field) {
    return std::ranges::find(kept_fields, field.key) == kept_fields.end();
  });
  const auto is = [](std::string_view key) {
    return [key](const InfoField& field) { return field.key == key; };
  };
  const auto others = std::ranges::stable_partition(info, is("alias"));
  std::ranges::stable_partition(others, is("depends"));
}

class Abridging {
 public:
  explicit Abridging(const Facts& facts)
      : in_question_(modules_in_question(facts)), revoked_(revoked_files(facts)) {}

  void shorten(ModuleFile& file) const {
    if (file.signature && !file.signature->value.empty()) {
      file.signature->value.clear();
      file.left_out = LeftOut::signature_bytes;
    }
    if (!needs_details(file)) leave_out_details(file);
  }

 private:
  bool needs_details(const ModuleFile& file) const {
    return !file.content || !file.signature || !is_vouched_for(file) ||
           in_question_.contains(file.name) || in_question_.contains(file.content->own_name) ||
           revoked_.contains(file.module_sha256);
  }

  static void leave_out_details(ModuleFile& file) {
    abridge(file.content->info);
    file.content->build_id.clear();
    file.content->btf_sha256.clear();
    file.content->sections.clear();
    file.size = 0;
    file.module_sha256.clear();
    file.payload_sha256.clear();
    if (file.digests) file.digests = failure(ErrorKind::unsupported, "", left_out);
    file.left_out = LeftOut::details;
  }

  std::unordered_set<std::string> in_question_;
  std::unordered_set<std::string> revoked_;
};

void abridge(InitramfsImage& image) {
  for (ImageModule& module : image.modules) {
    if (!module.as_installed) continue;
    module.sha256.clear();
    module.installed_sha256.clear();
    module.payload_sha256.clear();
  }
}

/// The title of a change is told where the change was taken back.
void abridge(KernelChangelog& changelog) {
  for (ChangelogMention& mention : changelog.mentions) {
    if (mention.reverted.empty()) mention.title.clear();
  }
}

}  // namespace

void abridge(Facts& facts) {
  const Abridging abridging(facts);
  for (ModuleFile& file : facts.files) abridging.shorten(file);
  for (ModuleTree& tree : facts.trees) {
    if (tree.files) {
      for (ModuleFile& file : *tree.files) abridging.shorten(file);
    }
    if (tree.initramfs_images) {
      for (InitramfsImage& image : *tree.initramfs_images) abridge(image);
    }
    if (tree.changelog) abridge(*tree.changelog);
  }
}

std::optional<Unseen> gap_left_by_abridging(const ModuleFile& file) {
  switch (file.left_out) {
    case LeftOut::nothing: return std::nullopt;
    case LeftOut::signature_bytes:
      return Unseen{file.path, std::string("the bytes of its signature were ") + left_out};
    case LeftOut::details: break;
  }
  return Unseen{file.path,
                std::string("its digests, parameters, descriptions and the like were ") + left_out};
}

}  // namespace kmodsec
