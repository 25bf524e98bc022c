// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/identity.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "analyze/kernel/running_image.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

/// One thing that both sides may show.
struct Trait {
  std::string_view name;
  std::string where;  ///< Where the kernel shows it.
  const Seen<std::string>& loaded;
  std::string_view file;
  bool may_be_absent = false;  ///< Some kernels do not show it at all.
};

bool is_comparable(const Trait& trait) { return trait.loaded && !trait.file.empty(); }

/// The file has it, and the kernel would show it of a module made from the file.
bool is_missed(const Trait& trait) {
  const bool absent = !trait.loaded && trait.loaded.error().kind == ErrorKind::not_found;
  return !trait.file.empty() && !trait.loaded && !(absent && trait.may_be_absent);
}

bool differs(const Trait& trait) { return is_comparable(trait) && *trait.loaded != trait.file; }

std::vector<std::string> missing_from(const std::vector<std::string>& names,
                                      const std::vector<std::string>& others) {
  std::vector<std::string> missing;
  std::ranges::copy_if(names, std::back_inserter(missing), [&](const std::string& name) {
    return std::ranges::find(others, name) == others.end();
  });
  return missing;
}

/// Further evidence, never a verdict: kernels leave out sections by their own rules.
void add_layout(const LoadedModule& loaded, const ModuleFile& file, Identity& identity) {
  if (!loaded.identity.sections || file.content->sections.empty()) return;
  const auto extra = missing_from(*loaded.identity.sections, file.content->sections);
  if (!extra.empty())
    identity.evidence.push_back({"/sys/module/" + loaded.name + "/sections",
                                 {},
                                 "sections that the file does not have: " + join(extra, ", ")});
}

std::string why_different(const Facts& facts, const ModuleTree* tree, const Trait& trait) {
  if (tree != nullptr && tree->image && !is_running_image(facts.kernel, *tree->image))
    return "the kernel was upgraded under the running system: the file belongs to " +
           tree->image->version;
  return fmt::format(
      "its {} is not the file's: the file was replaced since, or the module came from elsewhere",
      trait.name);
}

Identity cannot_tell(std::string reason) {
  return {.status = IdentityStatus::cannot_tell, .reason = std::move(reason), .evidence = {}};
}

}  // namespace

Identity compare_with_file(const LoadedWithFile& module, const Facts& facts,
                           const ModuleTree* tree) {
  const LoadedModule& loaded = *module.loaded;
  if (module.file == nullptr)
    return cannot_tell(words_of(module.file_state) +
                       ": it was loaded from a foreign path, or its file was removed");
  if (module.file_state.status != FilePresence::there)
    return cannot_tell(words_of(module.file_state));
  if (!module.file->content)
    return cannot_tell("its file cannot be read: " + module.file->content.error().reason);
  const ModuleContent& content = *module.file->content;
  const std::string folder = "/sys/module/" + loaded.name;
  const LoadedIdentity& own = loaded.identity;
  const Trait traits[] = {
      {"build-id", folder + "/notes/.note.gnu.build-id", own.build_id, content.build_id},
      {"srcversion", folder + "/srcversion", own.srcversion,
       info_value(content.info, "srcversion")},
      {"type information", "/sys/kernel/btf/" + loaded.name, own.btf_sha256, content.btf_sha256,
       true},
  };

  Identity identity;
  for (const Trait& trait : traits) {
    if (!is_comparable(trait)) continue;
    if (differs(trait) && identity.status != IdentityStatus::different)
      identity.reason = why_different(facts, tree, trait);
    identity.status = differs(trait) || identity.status == IdentityStatus::different
                          ? IdentityStatus::different
                          : IdentityStatus::same;
    identity.evidence.push_back({trait.where, {}, *trait.loaded});
    if (differs(trait))
      identity.evidence.push_back({module.file->path, {}, std::string(trait.file)});
  }
  if (identity.status == IdentityStatus::different) {
    add_layout(loaded, *module.file, identity);
    return identity;
  }
  const auto* const missed = std::ranges::find_if(traits, is_missed);
  if (missed != std::end(traits))
    return cannot_tell(
        fmt::format("it does not show its {}: {}", missed->name, missed->loaded.error().reason));
  if (identity.status == IdentityStatus::cannot_tell)
    return cannot_tell("its file has no build-id, srcversion or type information");
  return identity;
}

}  // namespace kmodsec
