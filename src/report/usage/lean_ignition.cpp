// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "report/json.hpp"
#include "report/usage/lean_export_report.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view specification = "3.3.0";
constexpr int file_mode = 0644;

/// Unreserved in RFC 3986; every other byte is written as %XX.
constexpr std::string_view unreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

std::string data_url(std::string_view text) {
  std::string url = "data:,";
  for (const char one : text) {
    if (unreserved.find(one) != std::string_view::npos)
      url += one;
    else
      url += fmt::format("%{:02X}", static_cast<unsigned char>(one));
  }
  return url;
}

}  // namespace

std::string print_lean_ignition(const LeanExport& lean) {
  const Json file = {{"path", lean.path},
                     {"mode", file_mode},
                     {"overwrite", true},
                     {"contents", {{"source", data_url(print_lean_modprobe(lean))}}}};
  Json files = Json::array();
  files.push_back(file);
  Json document = Json::object();
  document["ignition"] = {{"version", specification}};
  document["storage"]["files"] = std::move(files);
  return print_json(document);
}

}  // namespace kmodsec
