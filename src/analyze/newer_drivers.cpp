// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/newer_drivers.hpp"

#include <algorithm>
#include <array>

namespace kmodsec {
namespace {

struct Driver {
  std::string_view start;  ///< Of the path; a folder ends with '/'.
  std::string_view module;
};

constexpr std::array drivers = {
    Driver{"drivers/accel/amdxdna/", "amdxdna"},
    Driver{"drivers/accel/ethosu/", "ethosu"},
    Driver{"drivers/accel/rocket/", "rocket"},
    Driver{"drivers/block/zloop", "zloop"},
    Driver{"drivers/gpio/gpio-mpsse", "gpio_mpsse"},
    Driver{"drivers/hid/hid-appletb-kbd", "hid_appletb_kbd"},
    Driver{"drivers/hid/hid-corsair-void", "hid_corsair_void"},
    Driver{"drivers/i2c/busses/i2c-rtl9300", "i2c_rtl9300"},
    Driver{"drivers/mailbox/mailbox-th1520", "mailbox_th1520"},
    Driver{"drivers/media/platform/qcom/iris/", "iris"},
    Driver{"drivers/net/ovpn/", "ovpn"},
    Driver{"drivers/net/wireless/intel/iwlwifi/mld/", "iwlmld"},
    Driver{"fs/fuse/dev_uring", "fuse"},
    Driver{"fs/ntfs/", "ntfs"},
    Driver{"net/netfilter/nft_set_pipapo_avx2", "nf_tables"},
    Driver{"net/rxrpc/rxgk", "rxrpc"},
    Driver{"net/sched/cls_tcindex", "cls_tcindex"},
    Driver{"net/sched/sch_dualpi2", "sch_dualpi2"},
    Driver{"net/xfrm/xfrm_iptfs", "xfrm_iptfs"},
    Driver{"sound/soc/codecs/sma1307", "snd_soc_sma1307"},
};

}  // namespace

std::string_view newer_driver_of(std::string_view path) {
  const auto found = std::ranges::find_if(
      drivers, [&](const Driver& driver) { return path.starts_with(driver.start); });
  return found == drivers.end() ? std::string_view() : found->module;
}

}  // namespace kmodsec
