/* What decides results and is no mapping: resource limits, capabilities, the machine's limit on mappings, the place of the heap. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char MAX_MAP_COUNT[] = "/proc/sys/vm/max_map_count";

static int raise_to(int resource, uint64_t value, bool as_far_as_allowed)
{
    struct rlimit now;
    if (getrlimit(resource, &now) != 0)
        return -1;
    struct rlimit next = {value, value > now.rlim_max ? value : now.rlim_max};
    if (setrlimit(resource, &next) == 0)
        return 0;
    if (!as_far_as_allowed)
        return -1;
    next.rlim_cur = next.rlim_max = now.rlim_max;
    return setrlimit(resource, &next);
}

/* A limit is lowered, and raised as far as this process may: what it became is reported. */
void limit_at_start(int resource, bool wanted, uint64_t value)
{
    if (wanted)
        raise_to(resource, value, true);
}

long set_limit(uint64_t resource, uint64_t value)
{
    static const int resources[] = {[LIMIT_MEMLOCK] = RLIMIT_MEMLOCK, [LIMIT_AS] = RLIMIT_AS, [LIMIT_DATA] = RLIMIT_DATA};
    if (resource < LIMIT_MAX_MAP_COUNT)
        return raise_to(resources[resource], value, false);
    return set_max_map_count(value);
}

uint64_t max_map_count(void)
{
    char digits[24];
    uint64_t value = 0;
    int fd = open(MAX_MAP_COUNT, O_RDONLY | O_CLOEXEC);
    ssize_t n = read(fd, digits, sizeof digits);
    close(fd);
    for (ssize_t i = 0; i < n && digits[i] >= '0' && digits[i] <= '9'; i++)
        value = value * 10 + (uint64_t)(digits[i] - '0');
    return value;
}

long set_max_map_count(uint64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    int fd = open(MAX_MAP_COUNT, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    long returned = write(fd, digits + at, sizeof digits - at) < 0 ? -1 : 0;
    int error = errno;
    close(fd);
    errno = error;
    return returned;
}

static bool capabilities(struct __user_cap_data_struct data[2], long call)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    return syscall(call, &header, data) == 0;
}

bool has_ipc_lock(void)
{
    struct __user_cap_data_struct data[2] = {{0}};
    return capabilities(data, SYS_capget) && (data[0].effective & (1u << CAP_IPC_LOCK));
}

/* Only the effective set changes, so that a capability that was given up can be taken back. */
long set_capability(uint64_t capability, bool on)
{
    struct __user_cap_data_struct data[2] = {{0}};
    if (capability >= 64 || !capabilities(data, SYS_capget)) {
        errno = EINVAL;
        return -1;
    }
    uint32_t *effective = &data[capability / 32].effective, bit = 1u << capability % 32;
    *effective = on ? *effective | bit : *effective & ~bit;
    return capabilities(data, SYS_capset) ? 0 : -1;
}

/*
 * An empty heap at `start`. The runner's own one stays where it is as ordinary memory, so that no brk can take it away. brk counts the
 * program's data segment towards RLIMIT_DATA, though it lies in mappings that count as well: it is declared empty. So is the rest of what
 * this call sets, which only /proc shows. It needs CONFIG_CHECKPOINT_RESTORE, and no capability.
 */
long place_heap(uint64_t start)
{
    const uint64_t nowhere = USER_END - PAGE;
    struct prctl_mm_map map = {
        .start_code = nowhere - 1, .end_code = nowhere, .start_data = nowhere, .end_data = nowhere,
        .start_brk = start, .brk = start, .start_stack = nowhere, .arg_start = nowhere, .arg_end = nowhere,
        .env_start = nowhere, .env_end = nowhere, .exe_fd = UINT32_MAX,
    };
    return prctl(PR_SET_MM, PR_SET_MM_MAP, &map, sizeof map, 0);
}
