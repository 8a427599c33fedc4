/* The circumstances of a program: its header lines, and what they ask for. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct program program;

static bool take_optional(struct cursor *line, uint64_t *number)
{
    struct cursor word;
    *number = 0;
    if (!next_word(line, &word) || word_is(word, "-"))
        return false;
    *number = take_hex(&word.at, word.end);
    return true;
}

void take_header(struct cursor *line)
{
    uint64_t options = 0;
    if (!take_number(line, &program.timeout_ms) || !take_number(line, &options) ||
        !take_number(line, &program.window_start) || !take_number(line, &program.window_end))
        fail("the program's first line is malformed");
    program.options = (unsigned)options;
    program.limit_memlock = take_optional(line, &program.memlock);
    program.limit_as = take_optional(line, &program.as);
    program.limit_data = take_optional(line, &program.data);
    program.has_max_map_count = take_optional(line, &program.max_map_count);
    program.has_heap = take_optional(line, &program.heap);
    uint64_t processes = 1;
    take_number(line, &processes);
    if (processes > MAX_PROCESSES)
        fail("too many processes");
    program.processes = (int)processes;
}

void take_context(struct cursor *line)
{
    if (program.contexts == MAX_CONTEXTS || !take_number(line, &program.features[program.contexts++]))
        fail("too many contexts");
}

void take_file(struct cursor *line)
{
    uint64_t pages;
    struct stat status;
    if (program.files == MAX_FILES || !take_number(line, &pages))
        fail("too many files");
    int fd = memfd_create("vmacheck", MFD_CLOEXEC);
    if (fd < 0 || ftruncate(fd, (off_t)(pages * PAGE)) != 0 || fstat(fd, &status) != 0)
        fail("no memfd");
    program.fd[program.files] = fd;
    program.inode[program.files++] = status.st_ino;
}

static void protect_machine(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct itimerval timer = {.it_value = {.tv_sec = (time_t)(program.timeout_ms / 1000),
                                           .tv_usec = (suseconds_t)(program.timeout_ms % 1000 * 1000)}};
    setitimer(ITIMER_REAL, &timer, NULL);
    /* A call that hangs inside of the kernel ends only by a signal that nobody catches. */
    struct sigevent late = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGNAL_LATE};
    struct itimerspec later = {.it_value = {.tv_sec = (time_t)(program.timeout_ms / 1000 + 1)}};
    timer_t handle;
    if (timer_create(CLOCK_MONOTONIC, &late, &handle) == 0)
        timer_settime(handle, 0, &later, NULL);
    /* When memory runs out, let it be this process. */
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t written = write(fd, "1000", 4);
        (void)written;
        close(fd);
    }
}

/*
 * Pages on their way from one of the kernel's lists to another wait in batches, one for each CPU, which a call on another CPU does
 * not see: MADV_PAGEOUT leaves what MADV_FREE gave up if the scheduler moved the process in between.
 */
static void stay_on_cpu(void)
{
    cpu_set_t one;
    int cpu = sched_getcpu();
    if (cpu < 0)
        return;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    sched_setaffinity(0, sizeof one, &one);
}

void set_up(void)
{
    protect_machine();
    stay_on_cpu();
    int uffd = open_contexts();
    if (uffd < 0)
        fail("no userfaultfd with these features");
    if (!open_processes())
        fail("no connections");
    errno = 0;
    if (program.has_heap && place_heap(program.heap) != 0)
        fail("the heap cannot be placed");
    limit_at_start(RLIMIT_MEMLOCK, program.limit_memlock, program.memlock);
    limit_at_start(RLIMIT_AS, program.limit_as, program.as);
    limit_at_start(RLIMIT_DATA, program.limit_data, program.data);
    if (program.has_max_map_count && set_max_map_count(program.max_map_count) != 0)
        fail("the limit on mappings cannot be set");
    if (program.options & DROP_IPC_LOCK)
        set_capability(CAP_IPC_LOCK, false);
    catch_signals();
    open_observers();
    read_own();
    struct rlimit memlock;
    getrlimit(RLIMIT_MEMLOCK, &memlock);
    put_text("was ");
    put_hex(has_ipc_lock());
    put_char(' ');
    if (memlock.rlim_cur == RLIM_INFINITY)
        put_char('-');
    else
        put_hex(memlock.rlim_cur);
    put_char(' ');
    put_hex((uint64_t)uffd);
    put_text("\nbase ");
    put_counters();
}
