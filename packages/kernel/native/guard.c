/*
 * Which steps must not run on a live machine.
 *
 * A program may do what it likes with memory that is not the runner's: everything that the process had mapped before the first
 * step is the runner's. A step that could reach it is refused, unless the kernel is sure to reject its arguments first (those
 * rejections are worth recording). Refused as well: what harms the machine beyond the life of the process.
 */
#define _GNU_SOURCE
#include "runner.h"

#include <fcntl.h>
#include <unistd.h>

enum { MAP_FIXED_BIT = 0x10, MAP_LOCKED_BIT = 0x2000, MAP_POPULATE_BIT = 0x8000, MAP_NOREPLACE_BIT = 0x100000 };
enum { MAYMOVE = 1, FIXED = 2, DONTUNMAP = 4 };
enum { MLOCK_ONFAULT_BIT = 1, MCL_ONFAULT_BIT = 4 };
enum { ADVICE_WILLNEED = 3, ADVICE_POPULATE_READ = 22, ADVICE_POPULATE_WRITE = 23, ADVICE_COLLAPSE = 25 };
enum { ADVICE_HWPOISON = 100, ADVICE_SOFT_OFFLINE = 101 };

/* A shrinking MREMAP_FIXED leaks its difference of commit for good on Linux 6.16 to 7.2: no more than this many pages each. */
static const uint64_t MOST_LEAKED = 16;
/* The most memory that one step may make resident at once. */
static const uint64_t MOST_POPULATED = 64ull << 20;

static const char RUNNER[] = "it could reach the recorder's own memory";
static const char MACHINE[] = "it changes a setting of the whole machine";
static const char LONG[] = "its vector has more than a million pages";
static const char BIG[] = "it could make more than 64 MiB resident at once";

uint64_t round_up(uint64_t length)
{
    return (length + PAGE - 1) & ~(PAGE - 1);
}

static bool aligned(uint64_t addr)
{
    return addr % PAGE == 0;
}

bool touches_own(uint64_t start, uint64_t end)
{
    for (size_t i = 0; i < own_count; i++)
        if (own[i].start < end && start < own[i].end)
            return true;
    return false;
}

/* Is [start, start + length) a range of user space that reaches the runner? Ranges that wrap or pass the end are rejected. */
static bool range_touches(uint64_t start, uint64_t length)
{
    return start <= USER_END && length <= USER_END - start && touches_own(start, start + length);
}

/*
 * Calls that stop at the first hole, and take ranges that pass the end of user space as far as they are mapped. A range that
 * wraps is rejected before anything happens.
 */
static const char *refused_run(uint64_t start, uint64_t length, bool populates)
{
    uint64_t end = start + length;
    if (end < start)
        return NULL;
    if (touches_own(start, end) || length > MOST_POPULATED) {
        uint64_t reached = mapped_until(start);
        end = reached < end ? reached : end;
    }
    if (touches_own(start, end))
        return RUNNER;
    return populates && end > start && end - start > MOST_POPULATED ? BIG : NULL;
}

/* Has the process locked memory, so that what is mapped, moved or made accessible later may become resident at once? */
static bool locks;

static const char *refused_mmap(const uint64_t *args)
{
    uint64_t length = round_up(args[1]), flags = args[3];
    bool fixed = (flags & (MAP_FIXED_BIT | MAP_NOREPLACE_BIT)) == MAP_FIXED_BIT;
    if (fixed && range_touches(args[0], length))
        return RUNNER;
    locks |= (flags & MAP_LOCKED_BIT) != 0;
    if ((locks || (flags & MAP_POPULATE_BIT)) && length > MOST_POPULATED)
        return BIG;
    return NULL;
}

static bool mode_two(void)
{
    char mode = '?';
    int fd = open("/proc/sys/vm/overcommit_memory", O_RDONLY | O_CLOEXEC);
    bool known = fd >= 0 && read(fd, &mode, 1) == 1;
    if (fd >= 0)
        close(fd);
    return !known || mode == '2';
}

/* Does the call pass the checks of its parameters, as far as they are the same in all releases? */
static bool plausible(const uint64_t *args)
{
    uint64_t new_length = round_up(args[2]), flags = args[3];
    bool implied = flags & (FIXED | DONTUNMAP);
    return flags <= 7 && aligned(args[0]) && new_length != 0 && new_length <= USER_END &&
           (!implied || (aligned(args[4]) && (flags & MAYMOVE) && args[4] <= USER_END - new_length));
}

bool fixed_shrink(const uint64_t *args)
{
    uint64_t old_length = round_up(args[1]), new_length = round_up(args[2]);
    return plausible(args) && (args[3] & FIXED) && old_length > new_length && args[0] <= USER_END &&
           old_length <= USER_END - args[0];
}

static const char *refused_mremap(const uint64_t *args)
{
    uint64_t old_length = round_up(args[1]), new_length = round_up(args[2]), flags = args[3];
    if (!plausible(args))
        return NULL;
    if (touches_own(args[0], args[0] + 1))
        return RUNNER;
    if (new_length < old_length && range_touches(args[0] + new_length, old_length - new_length))
        return RUNNER;
    if ((flags & FIXED) && range_touches(args[4], new_length))
        return RUNNER;
    if (locks && new_length > old_length && new_length - old_length > MOST_POPULATED)
        return BIG;
    /* A move of many VMAs takes all of its range, however far that goes. */
    uint64_t end = args[0] + old_length < args[0] ? UINT64_MAX : args[0] + old_length;
    if ((flags & FIXED) && old_length == new_length && touches_own(args[0], end))
        return RUNNER;
    if (fixed_shrink(args) && mode_two())
        return "a FIXED move that shrinks leaks commit for good, and this machine counts commit strictly";
    if (fixed_shrink(args) && (old_length - new_length) / PAGE > MOST_LEAKED)
        return "a FIXED move that shrinks by more than 16 pages leaks too much commit for good";
    return NULL;
}

static const char *refused_madvise(const uint64_t *args)
{
    int advice = (int)args[2];
    if (advice == ADVICE_HWPOISON || advice == ADVICE_SOFT_OFFLINE)
        return "it takes pages away from the machine";
    bool populates = advice == ADVICE_WILLNEED || advice == ADVICE_POPULATE_READ || advice == ADVICE_POPULATE_WRITE ||
                     advice == ADVICE_COLLAPSE;
    uint64_t end = args[0] + round_up(args[1]);
    if (!aligned(args[0]) || end < args[0])
        return NULL;
    if (touches_own(args[0], end))
        return RUNNER;
    return populates && end - args[0] > MOST_POPULATED ? BIG : NULL;
}

static const char *refused_mlockall(uint64_t flags)
{
    bool populates = !(flags & MCL_ONFAULT_BIT);
    locks |= populates;
    /* What the process has mapped beside the program is the runner, of less than 64 MiB. */
    return populates && mapped_pages() > 2 * MOST_POPULATED / PAGE ? BIG : NULL;
}

static const char *refused_mincore(const uint64_t *args)
{
    bool valid = aligned(args[0]) && args[0] <= USER_END && args[1] <= USER_END - args[0];
    return valid && round_up(args[1]) / PAGE > MAX_VECTOR ? LONG : NULL;
}

static const char *refused_uffd(const struct step *step)
{
    const uint64_t *args = step->args;
    uint64_t context = args[step->op == OP_UFFD_REGISTER ? 3 : step->op == OP_UFFD_UNREGISTER ? 2 : 0];
    /* Only the first process looks after contexts; it has asked before it handed the step on. */
    if (self_number == 0 && !has_context(step->process, context))
        return "its process has no such userfaultfd context";
    return step->op != OP_UFFD_CLOSE && aligned(args[0]) && range_touches(args[0], args[1]) ? RUNNER : NULL;
}

const char *refused(const struct step *step)
{
    const uint64_t *args = step->args;
    uint64_t page = args[0] & ~(PAGE - 1);
    switch (step->op) {
    case OP_MMAP:
        return refused_mmap(args);
    case OP_MREMAP:
        return refused_mremap(args);
    case OP_MADVISE:
        return refused_madvise(args);
    case OP_MUNMAP:
        return aligned(args[0]) && range_touches(args[0], round_up(args[1])) ? RUNNER : NULL;
    case OP_UFFD_REGISTER:
    case OP_UFFD_UNREGISTER:
    case OP_UFFD_CLOSE:
        return refused_uffd(step);
    case OP_LOAD:
    case OP_STORE:
        return touches_own(args[0], args[0] + 8) ? RUNNER : NULL;
    case OP_MPROTECT:
    case OP_MSEAL:
        return aligned(args[0]) ? refused_run(args[0], round_up(args[1]), locks && step->op == OP_MPROTECT) : NULL;
    case OP_MLOCKALL:
        return refused_mlockall(args[0]);
    case OP_MINCORE:
        return refused_mincore(args);
    case OP_BRK:
        return locks && args[0] > program.heap && args[0] - program.heap > MOST_POPULATED ? BIG : NULL;
    case OP_SET_LIMIT:
        return args[0] == LIMIT_MAX_MAP_COUNT && !(program.options & MACHINE_WIDE) ? MACHINE : NULL;
    case OP_SET_CAPABILITY:
    case OP_MSYNC:
    case OP_MUNLOCKALL:
    case OP_FORK:
        return NULL;
    case OP_EXIT:
        return step->process == 0 ? "the first process runs the steps and cannot end before them" : NULL;
    default: {
        /* mlock, mlock2, munlock round their address down. */
        bool populates = step->op == OP_MLOCK || (step->op == OP_MLOCK2 && args[2] != MLOCK_ONFAULT_BIT);
        locks |= populates;
        return refused_run(page, round_up(args[1] + (args[0] - page)), populates);
    }
    }
}
