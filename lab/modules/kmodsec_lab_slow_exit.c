// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static bool may_go;
module_param(may_go, bool, 0644);
MODULE_PARM_DESC(may_go, "Until this is set, the module stays in its exit function");

static int __init lab_init(void)
{
	return 0;
}

static void __exit lab_exit(void)
{
	while (!READ_ONCE(may_go))
		msleep(20);
}

module_init(lab_init);
module_exit(lab_exit);

MODULE_DESCRIPTION("A module that hangs while it is unloaded");
MODULE_AUTHOR("kmodsec");
MODULE_LICENSE("GPL");
