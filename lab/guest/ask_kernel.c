// SPDX-License-Identifier: GPL-2.0-or-later
// ask_kernel WHO ACTION [ARGUMENT...]: makes one system call that has the kernel ask for a module. WHO: root; user, uid
// 1000; userns, the same in a user, network and mount namespace of its own; or the number of a group that uid 1000 is
// a member of. Whether the call succeeds does not matter; exit code 2 when WHO cannot be.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/if_alg.h>
#include <linux/if_vlan.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { uid = 1000, loopback = 1 };

static void give_up(const char *what)
{
	perror(what);
	exit(2);
}

static void write_text(const char *path, const char *text)
{
	int file = open(path, O_WRONLY);

	if (file < 0 || write(file, text, strlen(text)) < 0)
		give_up(path);
	close(file);
}

static void become_user(gid_t group)
{
	if (setgroups(group != 0, &group) != 0 || setgid(uid) != 0 || setuid(uid) != 0)
		give_up("setuid");
	prctl(PR_SET_DUMPABLE, 1);
}

static void enter_namespaces(void)
{
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) != 0)
		give_up("unshare");
	write_text("/proc/self/setgroups", "deny");
	write_text("/proc/self/uid_map", "0 1000 1");
	write_text("/proc/self/gid_map", "0 1000 1");
}

static void become(const char *who)
{
	if (strcmp(who, "root") == 0)
		return;
	become_user(atoi(who));
	if (strcmp(who, "userns") == 0)
		enter_namespaces();
}

static void ask_algorithm(const char *type, const char *name)
{
	struct sockaddr_alg address = {.salg_family = AF_ALG};

	strncpy((char *)address.salg_type, type, sizeof(address.salg_type) - 1);
	strncpy((char *)address.salg_name, name, sizeof(address.salg_name) - 1);
	bind(socket(AF_ALG, SOCK_SEQPACKET, 0), (struct sockaddr *)&address, sizeof(address));
}

static void ask_line_discipline(int number)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);

	if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0)
		give_up("ptmx");
	ioctl(open(ptsname(master), O_RDWR | O_NOCTTY), TIOCSETD, &number);
}

struct request {
	struct nlmsghdr header;
	union {
		struct ifinfomsg link;
		struct tcmsg queue;
		struct nfgenmsg filter;
		char bytes[256];
	} body;
};

static void append(struct request *request, int type, const void *data, size_t length)
{
	struct rtattr *attribute = (void *)((char *)request + NLMSG_ALIGN(request->header.nlmsg_len));

	attribute->rta_type = type;
	attribute->rta_len = RTA_LENGTH(length);
	if (data)
		memcpy(RTA_DATA(attribute), data, length);
	request->header.nlmsg_len = NLMSG_ALIGN(request->header.nlmsg_len) + RTA_ALIGN(attribute->rta_len);
}

static struct request begin(int type, size_t body)
{
	struct request request = {.header = {.nlmsg_len = NLMSG_LENGTH(body),
					     .nlmsg_type = type,
					     .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE}};
	return request;
}

static void tell(int protocol, const struct request *request)
{
	int channel = socket(AF_NETLINK, SOCK_RAW, protocol);

	send(channel, request, request->header.nlmsg_len, 0);
	close(channel);
}

static void ask_link(const char *kind)
{
	struct request request = begin(RTM_NEWLINK, sizeof(struct ifinfomsg));
	struct rtattr *info = (void *)((char *)&request + request.header.nlmsg_len);

	append(&request, IFLA_LINKINFO, NULL, 0);
	append(&request, IFLA_INFO_KIND, kind, strlen(kind) + 1);
	info->rta_len = (char *)&request + request.header.nlmsg_len - (char *)info;
	tell(NETLINK_ROUTE, &request);
}

static void ask_queue(const char *kind)
{
	struct request request = begin(RTM_NEWQDISC, sizeof(struct tcmsg));

	request.body.queue.tcm_ifindex = loopback;
	request.body.queue.tcm_parent = TC_H_ROOT;
	append(&request, TCA_KIND, kind, strlen(kind) + 1);
	tell(NETLINK_ROUTE, &request);
}

static void ask_netfilter(int subsystem)
{
	struct request request = begin(subsystem << 8, sizeof(struct nfgenmsg));

	tell(NETLINK_NETFILTER, &request);
}

static void ask_vlan(void)
{
	struct vlan_ioctl_args arguments = {.cmd = GET_VLAN_VID_CMD, .device1 = "lo"};

	ioctl(socket(AF_INET, SOCK_DGRAM, 0), SIOCGIFVLAN, &arguments);
}

static void ask_tcp(int option, const char *name)
{
	setsockopt(socket(AF_INET, SOCK_STREAM, 0), IPPROTO_TCP, option, name, strlen(name));
}

int main(int count, char **words)
{
	const char *action = count > 2 ? words[2] : "";
	const char *first = count > 3 ? words[3] : "";
	const char *second = count > 4 ? words[4] : "0";
	const char *third = count > 5 ? words[5] : "0";

	if (count < 3)
		return 2;
	become(words[1]);
	if (strcmp(action, "socket") == 0)
		socket(atoi(first), atoi(second), atoi(third));
	else if (strcmp(action, "algorithm") == 0)
		ask_algorithm(first, second);
	else if (strcmp(action, "ldisc") == 0)
		ask_line_discipline(atoi(first));
	else if (strcmp(action, "link") == 0)
		ask_link(first);
	else if (strcmp(action, "queue") == 0)
		ask_queue(first);
	else if (strcmp(action, "netfilter") == 0)
		ask_netfilter(atoi(first));
	else if (strcmp(action, "mount") == 0)
		mount("none", "/mnt", first, 0, NULL);
	else if (strcmp(action, "open") == 0)
		open(first, O_RDWR | O_NONBLOCK);
	else if (strcmp(action, "vlan") == 0)
		ask_vlan();
	else if (strcmp(action, "ulp") == 0)
		ask_tcp(TCP_ULP, first);
	else if (strcmp(action, "congestion") == 0)
		ask_tcp(TCP_CONGESTION, first);
	else
		return 2;
	return 0;
}
