/*
 * The reader of userfaultfd's events: a process beside the program's, because whoever causes an event waits until it is read. It shares the
 * table of descriptors, so that it gets those of forked contexts, and no memory, so that the program's is not disturbed.
 *
 * An event is read before the call that caused it returns; so the answer to a question asked after the call holds all of its events. The
 * reader also closes descriptors: while it polls one, closing it elsewhere would release nothing.
 */
#define _GNU_SOURCE
#include "runner.h"

#include <linux/userfaultfd.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAX_EVENTS = 1024 };

struct event {
    int slot, kind;
    uint64_t from, to, length;
};

struct events {
    int count;
    struct event list[MAX_EVENTS];
};

/* The end of the program's process and the reader's; -1 without a reader. */
static int ask = -1, listen_on = -1;
static struct events seen;

static struct event describe(int slot, const struct uffd_msg *message)
{
    struct event event = {.slot = slot, .kind = message->event};
    switch (message->event) {
    case UFFD_EVENT_FORK:
        event.from = message->arg.fork.ufd;
        break;
    case UFFD_EVENT_REMAP:
        event.from = message->arg.remap.from;
        event.to = message->arg.remap.to;
        event.length = message->arg.remap.len;
        break;
    default:
        event.from = message->arg.remove.start;
        event.length = message->arg.remove.end - message->arg.remove.start;
    }
    return event;
}

static void drain(pid_t program_pid)
{
    struct uffd_msg message;
    for (int i = 0; i < slot_count; i++) {
        while (slots[i].fd >= 0 && read(slots[i].fd, &message, sizeof message) == (ssize_t)sizeof message) {
            /* A page that somebody has to provide: nobody will. This signal ends also who waits inside of the kernel. */
            if (message.event == UFFD_EVENT_PAGEFAULT || seen.count == MAX_EVENTS) {
                kill(program_pid, SIGNAL_WAITS);
                pause();
            }
            struct event event = describe(i, &message);
            seen.list[seen.count++] = event;
            if (event.kind == UFFD_EVENT_FORK && slot_count < MAX_SLOTS)
                slots[slot_count++] = (struct slot){.fd = (int)event.from};
        }
    }
}

/* Answers each question: a number of a slot to close, or -1. */
static _Noreturn void serve_events(pid_t program_pid)
{
    struct pollfd polled[MAX_SLOTS + 1];
    for (;;) {
        polled[0] = (struct pollfd){.fd = listen_on, .events = POLLIN};
        for (int i = 0; i < slot_count; i++)
            polled[i + 1] = (struct pollfd){.fd = slots[i].fd, .events = POLLIN};
        if (poll(polled, (nfds_t)slot_count + 1, -1) < 0)
            _exit(0);
        drain(program_pid);
        int question;
        if (!polled[0].revents)
            continue;
        if (recv(listen_on, &question, sizeof question, 0) != (ssize_t)sizeof question)
            _exit(0);
        if (question >= 0) {
            close(slots[question].fd);
            slots[question].fd = -1;
        }
        send(listen_on, &seen, offsetof(struct events, list) + sizeof *seen.list * (size_t)seen.count, 0);
        seen.count = 0;
    }
}

bool start_reader(void)
{
    int ends[2];
    pid_t self = getpid();
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    ask = ends[0];
    listen_on = ends[1];
    signal(SIGCHLD, SIG_IGN);
    long child = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != self)
            _exit(0);
        serve_events(self);
    }
    return child > 0;
}

bool has_reader(void)
{
    return ask >= 0;
}

/* A forked process asks nothing: its contexts are the first process' business. */
void forget_reader(void)
{
    close(ask);
    close(listen_on);
    ask = -1;
}

static void question(int slot)
{
    if (send(ask, &slot, sizeof slot, 0) != (ssize_t)sizeof slot || recv(ask, &seen, sizeof seen, 0) <= 0)
        _exit(3);
}

long close_by_reader(int slot)
{
    question(slot);
    return 0;
}

void put_events(int forked)
{
    if (!has_reader())
        return;
    question(-1);
    for (int i = 0; i < seen.count; i++) {
        const struct event *event = &seen.list[i];
        put_text("event ");
        put_hex((uint64_t)slots[event->slot].context);
        put_text(event->kind == UFFD_EVENT_FORK    ? " FORK"
                 : event->kind == UFFD_EVENT_REMAP ? " REMAP "
                 : event->kind == UFFD_EVENT_UNMAP ? " UNMAP "
                                                   : " REMOVE ");
        if (event->kind == UFFD_EVENT_FORK) {
            if (slot_count < MAX_SLOTS)
                slots[slot_count++] = (struct slot){(int)event->from, slots[event->slot].context, forked};
        } else {
            put_hex(event->from);
            put_char(' ');
            put_hex(event->length);
            put_char(' ');
            put_hex(event->to);
        }
        put_char('\n');
    }
}
