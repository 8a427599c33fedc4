/*
 * Where the runner itself lies, and what this kernel offers.
 *
 * The layout is the same in every run: no randomisation, a stack limit of 8 MiB (it decides where the area for mappings ends), and the program
 * linked as static-pie, which puts all of the runner near the top:
 *
 *   window of programs ... |  room for mappings, filled from the top down  |fence| vvar vdso runner |  nothing
 *
 * The stack that the kernel made is given up for one inside the runner, so that programs may try the end of user space.
 * The fence is a shared mapping of its own object: nothing merges with it, so that a mapping whose address the kernel chooses never meets
 * anonymous memory of the runner. Holes between the runner's mappings are fenced too, so that no mapping lands there.
 */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef SYS_mseal
#define SYS_mseal 462
#endif
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif
#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

static const uint64_t TOP_REGION = 0x700000000000ull;
/* Holes at least this large are room for programs, not gaps between the runner's mappings. */
static const uint64_t ROOM = 1ull << 30;
/* Below this the kernel leaves 128 MiB for the stack, whatever its limit. */
static const rlim_t STACK_LIMIT = 8 << 20;
static const uint64_t STACK_GAP = 128ull << 20;

static bool randomised(void)
{
    int now = personality(0xffffffff);
    return now == -1 || !(now & ADDR_NO_RANDOMIZE);
}

static void fence(uint64_t start, uint64_t end)
{
    mmap((void *)(uintptr_t)start, end - start, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
}

static bool is_stack(const struct vma *vma)
{
    return vma->end > USER_END - STACK_GAP;
}

static char stack[1 << 18];
static ucontext_t on_stack;
static void (*work)(void);

static void leave_stack(void)
{
    read_own();
    for (size_t i = 0; i < own_count; i++)
        if (is_stack(&own[i]))
            munmap((void *)(uintptr_t)own[i].start, own[i].end - own[i].start);
    read_own();
    bool lowest = true;
    for (size_t i = 0; i < own_count; i++) {
        if (own[i].start < TOP_REGION)
            continue;
        if (lowest)
            fence(own[i].start - PAGE, own[i].start);
        lowest = false;
        if (i + 1 < own_count && own[i + 1].start > own[i].end && own[i + 1].start - own[i].end < ROOM)
            fence(own[i].end, own[i + 1].start);
    }
    work();
    _exit(0);
}

void settle(char **argv, void (*then)(void))
{
    static const char mark[] = "VMACHECK_RUNNER_SETTLED";
    if (!getenv(mark)) {
        struct rlimit stack;
        getrlimit(RLIMIT_STACK, &stack);
        stack.rlim_cur = stack.rlim_max < STACK_LIMIT ? stack.rlim_max : STACK_LIMIT;
        setrlimit(RLIMIT_STACK, &stack);
        /* A sandbox may refuse this; programs then run at randomised addresses, and `probe` says so. */
        personality(ADDR_NO_RANDOMIZE);
        setenv(mark, "1", 1);
        /* By its own name, so that it is called by it in lists of processes. */
        char name[4096];
        ssize_t length = readlink("/proc/self/exe", name, sizeof name - 1);
        name[length > 0 ? length : 0] = 0;
        execv(name, argv);
        execv("/proc/self/exe", argv);
    }
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    open_observers();
    work = then;
    getcontext(&on_stack);
    on_stack.uc_stack.ss_sp = stack;
    on_stack.uc_stack.ss_size = sizeof stack;
    makecontext(&on_stack, leave_stack, 0);
    setcontext(&on_stack);
    _exit(3);
}

static void say(const char *name, uint64_t value)
{
    put_text(name);
    put_char(' ');
    put_hex(value);
    put_char('\n');
}

/* The end of the area for mappings, if what lies there agrees with how the kernel computes it. */
static void probe_base(void)
{
    uint64_t top = 0;
    for (size_t i = 0; i < own_count; i++)
        if (own[i].end > top)
            top = own[i].end;
    if (!randomised() && top == USER_END - STACK_GAP)
        say("mmapBase", top);
}

/* A page of its own tells which flags this kernel shows and which names it takes. */
static void probe_page(void)
{
    struct vma_list *list = &lists[0];
    char *page = mmap((void *)0x10000000000, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return;
    program.window_start = (uint64_t)(uintptr_t)page;
    program.window_end = program.window_start + PAGE;
    say("vmFlags", read_window(list) && list->count == 1);
    say("softDirty", list->count == 1 && strstr(list->vmas[0].text, "sd") != NULL);
    say("anonNames", prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, page, PAGE, "probe") == 0);
    munmap(page, PAGE);
}

void probe(void)
{
    struct utsname name;
    uname(&name);
    put_text("release ");
    put_text(name.release);
    put_text("\nversion ");
    put_text(name.version);
    put_char('\n');
    read_own();
    say("randomised", randomised());
    probe_base();
    probe_page();
    /* A hint below the least address that may be mapped is raised to it. */
    void *low = mmap((void *)PAGE, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (low != MAP_FAILED && (uintptr_t)low < (1u << 24))
        say("mmapMinAddr", (uint64_t)(uintptr_t)low);
    say("mseal", syscall(SYS_mseal, 0, 0, 0) == 0);
    say("ipcLock", has_ipc_lock());
    struct rlimit memlock;
    getrlimit(RLIMIT_MEMLOCK, &memlock);
    say("memlock", memlock.rlim_cur);
    bool user_mode_only = false;
    uint64_t features = 0;
    int uffd = open_uffd(0, &user_mode_only, &features);
    say("uffd", uffd < 0 ? 0 : user_mode_only ? 1 : 2);
    say("uffdFeatures", features);
    flush_output();
}
