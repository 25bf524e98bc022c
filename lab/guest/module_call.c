/* SPDX-License-Identifier: GPL-2.0-or-later */
/* module_call FILE: loads a module by finit_module(2), without a C library, so that it can be built
 * for another word size than the host's. Exit code: 0, or 1 when the kernel refused. */

#if defined(__i386__)
enum { nr_exit = 1, nr_open = 5, nr_finit_module = 350 };
static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
  return result;
}
__asm__(".globl _start\n_start: mov %esp, %eax\n push %eax\n call start\n");
#elif defined(__x86_64__)
enum { nr_exit = 60, nr_open = 2, nr_finit_module = 313 };
static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}
__asm__(".globl _start\n_start: mov %rsp, %rdi\n call start\n");
#endif

void start(long* stack) {
  long file = call(nr_open, stack[2], 0, 0);
  long result = call(nr_finit_module, file, (long)"", 0);
  call(nr_exit, result != 0, 0, 0);
}
