// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/tracker_json.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace kmodsec {
namespace {

using nlohmann::json;

/// Builds the document of what is needed, and passes over the rest.
class NeededParts final : public nlohmann::json_sax<json> {
 public:
  explicit NeededParts(NeedsKey needs) : needs_(needs) {}

  json take() { return std::move(root_); }

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return put(nullptr); }
  bool start_object(std::size_t) override { return enter(json::object()); }
  bool start_array(std::size_t) override { return enter(json::array()); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }

  bool key(string_t& name) override {
    if (passed_over_ > 0) return true;
    passes_over_next_ = !needs_(open_.size(), name);
    key_ = std::move(name);
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const json::exception&) override {
    return false;
  }

 private:
  json* add(json value) {
    if (open_.empty()) return &(root_ = std::move(value));
    json& parent = *open_.back();
    if (parent.is_object()) return &(parent[key_] = std::move(value));
    parent.push_back(std::move(value));
    return &parent.back();
  }

  bool put(json value) {
    if (passed_over_ == 0 && !std::exchange(passes_over_next_, false)) add(std::move(value));
    return true;
  }

  bool enter(json container) {
    if (passed_over_ > 0 || std::exchange(passes_over_next_, false))
      ++passed_over_;
    else
      open_.push_back(add(std::move(container)));
    return true;
  }

  bool leave() {
    if (passed_over_ > 0)
      --passed_over_;
    else
      open_.pop_back();
    return true;
  }

  NeedsKey needs_;
  json root_;
  std::vector<json*> open_;
  std::string key_;
  bool passes_over_next_ = false;
  std::size_t passed_over_ = 0;  ///< How many containers deep.
};

}  // namespace

json parse_needed_json(std::string_view text, NeedsKey needs) {
  NeededParts parts(needs);
  return json::sax_parse(text, &parts) ? parts.take() : json(json::value_t::discarded);
}

}  // namespace kmodsec
