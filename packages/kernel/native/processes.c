/*
 * The processes that a program forks. The first process reads the steps and hands those of another process to it, with all references
 * resolved; that one performs the step, prints what it saw of itself, and answers. So there is one order of all steps.
 */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

struct request {
    size_t index;
    struct step step;
    bool done;                      /* the first process has made the call already */
    struct result result;
};

/* A connection per process that the program may fork: the first process' end and the other one's; opened before the first step. */
static int near[MAX_PROCESSES], far[MAX_PROCESSES];
static pid_t pids[MAX_PROCESSES];

/* Which of the program's processes this is. */
int self_number;

bool open_processes(void)
{
    for (int i = 1; i < program.processes; i++) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
            return false;
        near[i] = ends[0];
        far[i] = ends[1];
    }
    if (program.processes > 1)
        signal(SIGCHLD, SIG_IGN);
    return true;
}

/* The life of a forked process: steps until the first process goes away. */
static _Noreturn void live(int number, bool by_first)
{
    /* One that another forked process made outlives its parent, and ends when its connection does. */
    if (by_first)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int i = 1; i < program.processes; i++) {
        if (by_first)
            close(near[i]);
        if (i < number)
            close(far[i]);
    }
    if (by_first) {
        forget_reader();
        forget_contexts();
    }
    self_number = number;
    reopen_observers();
    pid_t pid = getpid();
    struct request request;
    struct outcome outcome;
    send(far[number], &pid, sizeof pid, 0);
    while (recv(far[number], &request, sizeof request, 0) == (ssize_t)sizeof request) {
        outcome = perform(request.index, &request.step, request.done ? &request.result : NULL);
        flush_output();
        send(far[number], &outcome, sizeof outcome, 0);
        if (request.step.op == OP_EXIT)
            _exit(0);
    }
    _exit(0);
}

/* A forked process that cannot go on tells the first one, after it has said why. */
void tell_end(void)
{
    struct outcome outcome = {.refused = true};
    send(far[self_number], &outcome, sizeof outcome, 0);
}

long fork_process(int number)
{
    bool by_first = self_number == 0;
    flush_output();
    long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (child == 0)
        live(number, by_first);
    if (child > 0 && !by_first)
        close(far[number]);
    return child < 0 ? -1 : number;
}

/* Waits until a process that was forked has got ready. */
void await_process(int number)
{
    if (recv(near[number], &pids[number], sizeof *pids, 0) != (ssize_t)sizeof *pids)
        _exit(3);
    close(far[number]);
}

bool is_alive(int number)
{
    return number == 0 || (number < program.processes && pids[number] != 0);
}

/* Until its memory is gone: that is before its parent could hear of its end. */
static void await_end(int number, int handle)
{
    struct pollfd end = {.fd = handle, .events = POLLIN};
    while (handle >= 0 && poll(&end, 1, -1) < 0 && errno == EINTR)
        ;
    close(handle);
    close(near[number]);
    pids[number] = 0;
}

struct outcome perform_elsewhere(size_t index, const struct step *step, const struct result *done)
{
    int number = step->process;
    struct request request = {.index = index, .step = *step, .done = done != NULL};
    struct outcome outcome;
    if (done)
        request.result = *done;
    int handle = step->op == OP_EXIT ? (int)syscall(SYS_pidfd_open, pids[number], 0) : -1;
    flush_output();
    if (send(near[number], &request, sizeof request, 0) != (ssize_t)sizeof request ||
        recv(near[number], &outcome, sizeof outcome, 0) != (ssize_t)sizeof outcome)
        _exit(3);
    if (step->op == OP_EXIT)
        await_end(number, handle);
    return outcome;
}
