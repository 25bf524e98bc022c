/* SPDX-License-Identifier: GPL-2.0-or-later */
/* insert_all FILE...: hands each module to the kernel by finit_module(2), and removes what it took.
 * Prints a line for each: its name, the number of the error (0 for none), and what the kernel's log
 * says of a signature that it takes for none (kernel/module/signing.c): its whole words, or "-". */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { read_and_clear = 4, clear = 5 };

static char log_text[1 << 18];

static const char* reason(void) {
  int length = klogctl(read_and_clear, log_text, sizeof(log_text) - 1);
  log_text[length > 0 ? length : 0] = 0;
  char* start = strstr(log_text, "Loading of ");
  if (start == NULL) return "-";
  char* end = strstr(start, " is rejected");
  if (end != NULL) *end = 0;
  return start + strlen("Loading of ");
}

static int insert(const char* path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  int failed = file < 0 || syscall(SYS_finit_module, file, "", 0) != 0;
  int error = failed ? errno : 0;
  if (file >= 0) close(file);
  return error;
}

int main(int count, char** arguments) {
  klogctl(clear, NULL, 0);
  for (int i = 1; i < count; ++i) {
    const char* slash = strrchr(arguments[i], '/');
    int error = insert(arguments[i]);
    printf("%s\t%d\t%s\n", slash != NULL ? slash + 1 : arguments[i], error, reason());
    if (error == 0) syscall(SYS_delete_module, "nlmon", O_NONBLOCK);
  }
  return 0;
}
