// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "model/check.hpp"
#include "plan/plan.hpp"

namespace kmodsec {
namespace {

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

class EditList {
 public:
  explicit EditList(const StateOf& state_of) : state_of_(state_of) {}

  Result<void> add(const OwnedFile& file) {
    auto before = state_of_(file.path);
    if (!before && before.error().kind == ErrorKind::denied) {
      edits_.unreadable.push_back(unseen_because(before.error()));
      return {};
    }
    if (!before) return std::unexpected(before.error());
    if (*before == file.wanted) return {};
    if (before->kind == FileKind::folder)
      return failure(ErrorKind::unsupported, file.path, "a folder is where a file should be");
    if (file.wanted.kind != FileKind::absent) {
      if (auto made = make_folder(parent_of(file.path)); !made) return made;
    }
    edits_.list.push_back({file.path, std::move(*before), file.wanted});
    return {};
  }

  Edits take() { return std::move(edits_); }

 private:
  Result<void> make_folder(const std::string& path) {
    if (path.empty() || std::ranges::find(edits_.list, path, &FileEdit::path) != edits_.list.end())
      return {};
    const auto before = state_of_(path);
    if (!before) return std::unexpected(before.error());
    if (before->kind != FileKind::absent) return {};
    if (auto made = make_folder(parent_of(path)); !made) return made;
    edits_.list.push_back({path, {}, empty_folder(0755)});
    return {};
  }

  const StateOf& state_of_;
  Edits edits_;
};

}  // namespace

Result<Edits> edits_for(const PlanInput& input, const StateOf& state_of) {
  EditList edits(state_of);
  for (const OwnedFile& file : owned_files(input)) {
    if (auto added = edits.add(file); !added) return std::unexpected(added.error());
  }
  return edits.take();
}

}  // namespace kmodsec
