// SPDX-License-Identifier: GPL-2.0-or-later
// stopwatch RUNS COMMAND...: runs each command in turn, RUNS times over, and prints as JSON what each run took:
// [{"exit_code": 0, "nanoseconds": [...]}, ...] in the order of the commands.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct measurement {
	long *nanoseconds;
	int exit_code;
};

static long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void become_shell(const char *command)
{
	int nowhere = open("/dev/null", O_RDWR);

	dup2(nowhere, STDIN_FILENO);
	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static int run(const char *command)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		become_shell(command);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void print(const struct measurement *one, int runs)
{
	printf("{\"exit_code\": %d, \"nanoseconds\": [", one->exit_code);
	for (int i = 0; i < runs; i++)
		printf("%s%ld", i ? ", " : "", one->nanoseconds[i]);
	printf("]}");
}

int main(int argc, char **argv)
{
	int runs = argc > 2 ? atoi(argv[1]) : 0;
	int commands = argc - 2;

	if (runs < 1) {
		fprintf(stderr, "usage: stopwatch RUNS COMMAND...\n");
		return 2;
	}
	struct measurement all[commands];
	for (int c = 0; c < commands; c++)
		all[c].nanoseconds = calloc(runs, sizeof(long));

	for (int i = 0; i < runs; i++) {
		for (int c = 0; c < commands; c++) {
			long start = now();

			all[c].exit_code = run(argv[2 + c]);
			all[c].nanoseconds[i] = now() - start;
		}
	}

	for (int c = 0; c < commands; c++) {
		printf("%s", c ? ",\n " : "[");
		print(&all[c], runs);
	}
	printf("]\n");
	return 0;
}
