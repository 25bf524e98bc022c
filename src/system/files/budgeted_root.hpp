// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// A machine that is looked at for as long as a budget lasts. What comes behind that is an error,
/// `too_large`.
class BudgetedRoot : public Root {
 public:
  BudgetedRoot(std::unique_ptr<Root> below, std::shared_ptr<Budget> budget)
      : below_(std::move(below)), budget_(std::move(budget)) {}

  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  Result<std::string> read_records(std::string_view path, std::size_t limit) const override;
  Result<std::unique_ptr<File>> open(std::string_view path) const override;
  Result<std::vector<Entry>> list(std::string_view path) const override;
  Result<std::string> read_link(std::string_view path) const override;
  Result<FileStatus> status(std::string_view path) const override;
  Result<FileStatus> link_status(std::string_view path) const override;
  Result<AccessLists> access_lists(std::string_view path) const override {
    return below_->access_lists(path);
  }
  bool is_running_system() const override { return below_->is_running_system(); }
  bool is_whole() const override { return below_->is_whole(); }
  Budget& budget() const override { return *budget_; }

 private:
  std::unique_ptr<Root> below_;
  std::shared_ptr<Budget> budget_;
};

}  // namespace kmodsec
