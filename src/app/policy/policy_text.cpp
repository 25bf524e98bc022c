// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/policy_text.hpp"

#include "collect/policy/policy.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t policy_file_limit = 1024UL * 1024;

}  // namespace

Result<std::vector<FileEdit>> edits_of_policy(const Editor& editor, const EditText& edit) {
  const std::string path(policy_path);
  const std::string folder = path.substr(0, path.rfind('/'));
  auto before = editor.state(path, policy_file_limit);
  if (!before) return std::unexpected(before.error());
  FileState after = before->kind == FileKind::absent ? text_file({}) : *before;
  if (after.kind != FileKind::file)
    return failure(ErrorKind::usage, path, "not a regular file; edit the file that it leads to");
  auto text = edit(after.content);
  if (!text) return failure(text.error().kind, path, text.error().reason);
  after.content = std::move(*text);
  std::vector<FileEdit> edits;
  if (after == *before) return edits;
  const auto parent = editor.status(folder);
  if (!parent) return std::unexpected(parent.error());
  if (parent->kind == FileKind::absent) edits.push_back({folder, {}, empty_folder(0755)});
  edits.push_back({path, std::move(*before), std::move(after)});
  return edits;
}

}  // namespace kmodsec
