/*
 * The userfaultfd contexts of the program and of the processes that it forks.
 *
 * They are known by slots: first the program's own, then one for each that a fork with EVENT_FORK made. All calls on descriptors are
 * made by the first process, whichever process they concern: a descriptor acts on the memory that it was made for.
 */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

struct slot slots[MAX_SLOTS];
int slot_count;

int open_uffd(uint64_t features, bool *user_mode_only, uint64_t *offered)
{
    const int flags = O_CLOEXEC | O_NONBLOCK;
    *user_mode_only = false;
    int fd = (int)syscall(SYS_userfaultfd, flags);
    if (fd < 0 && errno == EPERM) {
        *user_mode_only = true;
        fd = (int)syscall(SYS_userfaultfd, flags | UFFD_USER_MODE_ONLY);
    }
    if (fd < 0)
        return -1;
    struct uffdio_api api = {.api = UFFD_API, .features = features};
    if (ioctl(fd, UFFDIO_API, &api) != 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    *offered = api.features;
    return fd;
}

/* Opens the program's contexts. 0 when it has none, 1 for faults from user mode only, 2 unrestricted, -1 when it cannot be. */
int open_contexts(void)
{
    bool user_mode_only = false, waits = false;
    uint64_t offered;
    for (int i = 0; i < program.contexts; i++) {
        int fd = open_uffd(program.features[i], &user_mode_only, &offered);
        if (fd < 0)
            return -1;
        slots[slot_count++] = (struct slot){.fd = fd, .context = i, .process = 0};
        waits |= (program.features[i] & EVENT_FEATURES) || !(program.features[i] & UFFD_FEATURE_SIGBUS);
    }
    if (waits && !start_reader())
        return -1;
    return program.contexts == 0 ? 0 : user_mode_only ? 1 : 2;
}

/* A forked process has no business with the descriptors: while it held them, closing one would not release its context. */
void forget_contexts(void)
{
    for (int i = 0; i < slot_count; i++)
        if (slots[i].fd >= 0)
            close(slots[i].fd);
    slot_count = 0;
}

static struct slot *find(int process, uint64_t context)
{
    for (int i = 0; i < slot_count; i++)
        if (slots[i].process == process && (uint64_t)slots[i].context == context)
            return &slots[i];
    return NULL;
}

bool has_context(int process, uint64_t context)
{
    return find(process, context) != NULL;
}

/* What user space does with a context, by the process that it belongs to. A closed one gives EBADF. */
long use_context(int process, const struct step *step)
{
    const uint64_t *args = step->args;
    if (step->op == OP_UFFD_CLOSE) {
        struct slot *slot = find(process, args[0]);
        int fd = slot->fd;
        slot->fd = -1;
        return has_reader() && fd >= 0 ? close_by_reader((int)(slot - slots)) : close(fd);
    }
    struct uffdio_range range = {.start = args[0], .len = args[1]};
    if (step->op == OP_UFFD_UNREGISTER)
        return ioctl(find(process, args[2])->fd, UFFDIO_UNREGISTER, &range);
    struct uffdio_register request = {.range = range, .mode = args[2]};
    return ioctl(find(process, args[3])->fd, UFFDIO_REGISTER, &request);
}
