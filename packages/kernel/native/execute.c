/* Performs one step: the raw system call with all its arguments, or one 8-byte access with its signal caught. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_mseal
#define SYS_mseal 462
#endif

static sigjmp_buf resume;
static volatile sig_atomic_t armed, caught;

/* Says what is known so far, and lets the signal end the process when the handler returns: the parent sees which one it was. */
static void end_by(int signal)
{
    flush_output();
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(signal, &action, NULL);
    raise(signal);
}

static void on_signal(int signal)
{
    if (armed) {
        armed = 0;
        caught = signal;
        siglongjmp(resume, 1);
    }
    end_by(signal);
}

void catch_signals(void)
{
    /* Leaving by siglongjmp would keep the signal blocked without SA_NODEFER. */
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_NODEFER};
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
    action.sa_handler = end_by;
    sigaction(SIGALRM, &action, NULL);
}

bool guarded_load(uint64_t addr, uint64_t *value, int *signal)
{
    if (sigsetjmp(resume, 0) != 0) {
        *signal = caught;
        return false;
    }
    armed = 1;
    *value = *(const volatile uint64_t *)(uintptr_t)addr;
    armed = 0;
    return true;
}

static bool guarded_store(uint64_t addr, uint64_t value, int *signal)
{
    if (sigsetjmp(resume, 0) != 0) {
        *signal = caught;
        return false;
    }
    armed = 1;
    *(volatile uint64_t *)(uintptr_t)addr = value;
    armed = 0;
    return true;
}

/* mincore's answer: one byte per page, of which only the lowest bit means something. */
static unsigned char vector[MAX_VECTOR];

void put_vector(const struct step *step)
{
    put_text("vector ");
    for (uint64_t i = 0; i < round_up(step->args[1]) / PAGE; i++)
        put_char(vector[i] & 1 ? '1' : '0');
    put_char('\n');
}

struct result execute(const struct step *step)
{
    static const long calls[OPS] = {
        [OP_MMAP] = SYS_mmap,       [OP_MUNMAP] = SYS_munmap,   [OP_MPROTECT] = SYS_mprotect,
        [OP_MREMAP] = SYS_mremap,   [OP_MADVISE] = SYS_madvise, [OP_MLOCK] = SYS_mlock,
        [OP_MLOCK2] = SYS_mlock2,   [OP_MUNLOCK] = SYS_munlock, [OP_MSEAL] = SYS_mseal,
        [OP_MSYNC] = SYS_msync,     [OP_MLOCKALL] = SYS_mlockall, [OP_MUNLOCKALL] = SYS_munlockall,
        [OP_BRK] = SYS_brk,
    };
    const uint64_t *args = step->args;
    uint64_t value = 0;
    int signal = 0;
    long returned;
    switch (step->op) {
    case OP_LOAD:
        return guarded_load(args[0], &value, &signal) ? (struct result){'v', value}
                                                      : (struct result){'s', (uint64_t)signal};
    case OP_STORE:
        return guarded_store(args[0], args[1], &signal) ? (struct result){'v', 0}
                                                        : (struct result){'s', (uint64_t)signal};
    case OP_UFFD_REGISTER:
    case OP_UFFD_UNREGISTER:
    case OP_UFFD_CLOSE:
        returned = use_context(step->process, step);
        break;
    case OP_FORK:
        returned = fork_process((int)args[0]);
        break;
    case OP_EXIT:
        returned = 0;
        break;
    case OP_MINCORE:
        returned = syscall(SYS_mincore, args[0], args[1], vector);
        break;
    case OP_SET_LIMIT:
        returned = set_limit(args[0], args[1]);
        break;
    case OP_SET_CAPABILITY:
        returned = set_capability(args[0], args[1] != 0);
        break;
    default:
        /* The mmap family takes its arguments raw, also those that glibc's wrappers would not pass on. */
        returned = syscall(calls[step->op], args[0], args[1], args[2], args[3], args[4], args[5]);
    }
    if (returned == -1)
        return (struct result){'e', (uint64_t)errno};
    return (struct result){'v', (uint64_t)returned};
}
