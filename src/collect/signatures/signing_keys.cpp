// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/signatures/signing_keys.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/folders.hpp"
#include "collect/paths.hpp"
#include "format/signatures/certificate.hpp"
#include "format/signatures/dkms_framework.hpp"
#include "model/signatures/private_keys.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 1024UL * 1024;

/// A private key and its certificate, as a tool places them.
struct KeyPair {
  std::string_view certificate;
  std::string_view key;
  std::string_view owner;
};

constexpr std::array<KeyPair, 12> key_pairs = {{
    {"/var/lib/shim-signed/mok/MOK.der", "/var/lib/shim-signed/mok/MOK.priv", "shim-signed"},
    {"/var/lib/dkms/mok.pub", "/var/lib/dkms/mok.key", "DKMS"},
    {"/var/lib/sbctl/keys/db/db.pem", "/var/lib/sbctl/keys/db/db.key", "sbctl"},
    {"/var/lib/sbctl/keys/KEK/KEK.pem", "/var/lib/sbctl/keys/KEK/KEK.key", "sbctl"},
    {"/var/lib/sbctl/keys/PK/PK.pem", "/var/lib/sbctl/keys/PK/PK.key", "sbctl"},
    {"/usr/share/secureboot/keys/db/db.pem", "/usr/share/secureboot/keys/db/db.key", "sbctl"},
    {"/usr/share/secureboot/keys/KEK/KEK.pem", "/usr/share/secureboot/keys/KEK/KEK.key", "sbctl"},
    {"/usr/share/secureboot/keys/PK/PK.pem", "/usr/share/secureboot/keys/PK/PK.key", "sbctl"},
    {"/etc/secureboot/keys/db/db.pem", "/etc/secureboot/keys/db/db.key", "lanzaboote"},
    {"/etc/efi-keys/DB.crt", "/etc/efi-keys/DB.key", "sbupdate"},
    {"/etc/kernel/secure-boot-certificate.pem", "/etc/kernel/secure-boot-private-key.pem",
     "kernel-install"},
    {"/root/signed-modules/MOK.der", "/root/signed-modules/MOK.priv", "the administrator"},
}};

/// Keys of a folder whose names differ from host to host.
struct KeyFolder {
  std::string_view folder;
  std::string_view start;
  std::string_view end;
  std::string_view certificates;
  std::string_view certificate_start;
  std::string_view certificate_end;
  std::string_view owner;
};

constexpr std::array<KeyFolder, 3> key_folders = {{
    {"/etc/pki/akmods/private", "private_key", ".priv", "/etc/pki/akmods/certs", "public_key",
     ".der", "akmods"},
    {"/etc/pki/akmods/private", "", ".priv", "/etc/pki/akmods/certs", "", ".der", "akmods"},
    {"/usr/share/nvidia", "nvidia-modsign-key-", ".key", "/usr/share/nvidia", "nvidia-modsign-crt-",
     ".der", "NVIDIA's installer"},
}};

class KeySearch {
 public:
  KeySearch(const Root& root, std::vector<Unseen>& unseen) : root_(root), unseen_(unseen) {}

  std::vector<FoundKey> run() {
    add_dkms();
    for (const KeyPair& pair : key_pairs)
      add(std::string(pair.key), std::string(pair.certificate), pair.owner);
    for (const KeyFolder& folder : key_folders) add_folder(folder);
    for (const std::string_view folder : module_folders) add_builds(folder, "/build");
    add_builds("/usr/src", "");
    return std::move(found_);
  }

 private:
  void note(std::string_view path, const Error& error) {
    if (is_absent(root_, path, error)) return;
    const Error why = why_not_seen(root_, path, error);
    const bool was_left_out = error.kind == ErrorKind::not_found;
    if (was_left_out && std::exchange(is_doubted_, true)) return;
    unseen_.push_back({std::string(private_keys_gap), why.subject + ": " + why.reason});
  }

  std::vector<Entry> entries_of(std::string_view folder) {
    auto entries = root_.list(folder);
    if (!entries) note(folder, entries.error());
    return std::move(entries).value_or(std::vector<Entry>{});
  }

  /// framework.conf, then those of its folder, by name (dkms: read_framework_conf).
  void add_dkms() {
    constexpr std::string_view folder = "/etc/dkms/framework.conf.d";
    std::vector<std::string> files = {"/etc/dkms/framework.conf"};
    for (const Entry& entry : entries_of(folder)) {
      if (entry.name.ends_with(".conf")) files.push_back(std::string(folder) + "/" + entry.name);
    }
    DkmsFramework last;
    for (const std::string& file : files) {
      const auto text = root_.read(file, file_limit);
      if (!text) note(file, text.error());
      DkmsFramework one = parse_dkms_framework(text.value_or(""));
      if (one.is_computed)
        unseen_.push_back(
            {utf8_text(file), "the key that DKMS signs with is worked out by a shell"});
      if (!one.signing_key.empty()) last.signing_key = std::move(one.signing_key);
      if (!one.certificate.empty()) last.certificate = std::move(one.certificate);
    }
    if (last.signing_key.starts_with('/')) add(last.signing_key, last.certificate, "DKMS");
  }

  void add_folder(const KeyFolder& folder) {
    for (const Entry& entry : entries_of(folder.folder)) {
      std::string_view name = entry.name;
      const bool fits = name.starts_with(folder.start) && name.ends_with(folder.end) &&
                        name.size() >= folder.start.size() + folder.end.size();
      if (!fits || entry.type == FileType::directory) continue;
      name =
          name.substr(folder.start.size(), name.size() - folder.start.size() - folder.end.size());
      const std::string certificate = std::string(folder.certificates) + "/" +
                                      std::string(folder.certificate_start) + std::string(name) +
                                      std::string(folder.certificate_end);
      add(std::string(folder.folder) + "/" + entry.name, certificate, folder.owner);
    }
  }

  /// The key that a kernel was built with stays in the folder of its build.
  void add_builds(std::string_view folder, std::string_view build) {
    for (const Entry& entry : entries_of(folder)) {
      if (entry.type == FileType::regular) continue;
      const std::string certs =
          std::string(folder) + "/" + entry.name + std::string(build) + "/certs/signing_key";
      add(certs + ".pem", certs + ".x509", "the build of a kernel");
    }
  }

  /// The key itself is read to tell what is no key, and for a certificate that stands in it.
  void add(const std::string& path, const std::string& certificate, std::string_view owner) {
    const auto way = follow(root_, path);
    if (!way) return note(path, way.error());
    if (!paths_.insert(way->resolved).second) return;
    const auto status = root_.status(path);
    if (!status) return note(path, status.error());
    FoundKey found{.key = {.path = utf8_text(path),
                           .mode = status->mode,
                           .uid = status->uid,
                           .certificate = {},
                           .owner = std::string(owner)},
                   .certificate_path = {},
                   .certificate = {}};
    add_certificate(certificate, found);
    const auto bytes = root_.read(path, file_limit);
    const bool is_pem = bytes && bytes->starts_with("-----BEGIN ");
    if (is_pem && bytes->find("PRIVATE KEY-----") == std::string::npos) return;
    if (found.certificate.empty() && is_pem) take_certificate(path, *bytes, found);
    if (found.certificate.empty() && !bytes) note(path, bytes.error());
    found_.push_back(std::move(found));
  }

  void add_certificate(const std::string& path, FoundKey& found) {
    if (!path.starts_with('/')) return;
    const auto bytes = root_.read(path, file_limit);
    if (!bytes) return note(path, bytes.error());
    if (!take_certificate(path, *bytes, found))
      note(path, {ErrorKind::malformed, utf8_text(path), "no X.509 certificate in it"});
  }

  static bool take_certificate(const std::string& path, std::string_view bytes, FoundKey& found) {
    auto certificates = parse_certificates(bytes);
    if (!certificates) return false;
    found.certificate_path = utf8_text(path);
    found.certificate = std::move(certificates->front());
    return true;
  }

  const Root& root_;
  std::vector<Unseen>& unseen_;
  std::vector<FoundKey> found_;
  std::set<std::string> paths_;
  bool is_doubted_ = false;  ///< Some places were left out of a capture.
};

}  // namespace

std::vector<FoundKey> find_signing_keys(const Root& root, std::vector<Unseen>& unseen) {
  return KeySearch(root, unseen).run();
}

}  // namespace kmodsec
