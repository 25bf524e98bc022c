// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_state.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A machine as it would be if some paths held something else. Paths are taken as they are
/// written: what is reached by another way, through a link, shows the machine as it is.
class OverlayRoot : public Root {
 public:
  /// `below` must outlive it.
  explicit OverlayRoot(const Root& below) : below_(below) {}

  void set(const std::string& path, FileState state) { states_[path] = std::move(state); }

  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  Result<std::string> read_records(std::string_view path, std::size_t limit) const override;
  Result<std::unique_ptr<File>> open(std::string_view path) const override;
  Result<std::vector<Entry>> list(std::string_view path) const override;
  Result<std::string> read_link(std::string_view path) const override;
  Result<FileStatus> status(std::string_view path) const override;
  Result<FileStatus> link_status(std::string_view path) const override;
  Result<AccessLists> access_lists(std::string_view path) const override;
  bool is_running_system() const override { return below_.is_running_system(); }
  bool is_whole() const override { return below_.is_whole(); }
  Budget& budget() const override { return below_.budget(); }

 private:
  const FileState* state_at(std::string_view path) const;

  const Root& below_;
  std::map<std::string, FileState, std::less<>> states_;
};

}  // namespace kmodsec
