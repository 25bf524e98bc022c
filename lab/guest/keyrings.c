// SPDX-License-Identifier: GPL-2.0-or-later
// Prints what is in the keyrings whose serial numbers (hexadecimal, as in /proc/keys) are given:
// one line for each, "KEYRING: KEY KEY ...".
#include <linux/keyctl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static int32_t members[4096];

	for (int i = 1; i < argc; i++) {
		int32_t keyring = strtol(argv[i], NULL, 16);
		long size = syscall(SYS_keyctl, KEYCTL_READ, keyring, members, sizeof(members));

		if (size < 0) {
			perror(argv[i]);
			return 1;
		}
		printf("%08x:", keyring);
		for (long n = 0; n < size / (long)sizeof(members[0]); n++)
			printf(" %08x", members[n]);
		putchar('\n');
	}
	return 0;
}
