// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static int level = 1;
module_param(level, int, 0644);
MODULE_PARM_DESC(level, "A number that can be changed at any time");

static char *label = "lab";
module_param(label, charp, 0444);
MODULE_PARM_DESC(label, "A word that is given at load time");

static int __init lab_init(void)
{
	return 0;
}

static void __exit lab_exit(void)
{
}

module_init(lab_init);
module_exit(lab_exit);

MODULE_DESCRIPTION("A well-behaved module from outside the kernel tree");
MODULE_AUTHOR("kmodsec");
MODULE_VERSION("1.0");
MODULE_LICENSE("GPL");
