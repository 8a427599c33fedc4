/* Reads programs from standard input and runs each in a child process: see protocol.txt. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Memory that nobody touches costs nothing; an allocator would need mappings of its own among those of the programs. */
static char input[8 << 20];
static struct result results[MAX_STEPS];

void fail(const char *why)
{
    put_text("failed ");
    put_text(why);
    if (errno) {
        put_text(": ");
        put_text(strerror(errno));
    }
    put_char('\n');
    flush_output();
    if (self_number != 0)
        tell_end();
    _exit(0);
}

/* In the process that it belongs to; false when it was refused. */
static bool run_step(size_t index, const struct step *step, uint64_t *leaked)
{
    struct outcome outcome;
    if (!is_alive(step->process)) {
        refuse(index, "its process is not there");
        return false;
    }
    if (step->process == 0) {
        outcome = perform(index, step, NULL);
    } else if (step->op == OP_UFFD_REGISTER || step->op == OP_UFFD_UNREGISTER || step->op == OP_UFFD_CLOSE) {
        const char *why = refused(step);
        if (why) {
            refuse(index, why);
            return false;
        }
        struct result done = execute(step);
        outcome = perform_elsewhere(index, step, &done);
    } else {
        outcome = perform_elsewhere(index, step, NULL);
    }
    if (outcome.refused)
        return false;
    bool forked = step->op == OP_FORK && outcome.result.kind == 'v';
    if (forked)
        await_process((int)outcome.result.value);
    put_events(forked ? (int)outcome.result.value : -1);
    *leaked += outcome.leaked;
    results[index] = outcome.result;
    return true;
}

static void run_program(struct cursor text)
{
    struct cursor line, word;
    size_t index = 0;
    uint64_t leaked = 0;
    bool ready = false;
    while (next_line(&text, &line)) {
        next_word(&line, &word);
        if (word_is(word, "program")) {
            take_header(&line);
            continue;
        }
        if (word_is(word, "context")) {
            take_context(&line);
            continue;
        }
        if (word_is(word, "file")) {
            take_file(&line);
            continue;
        }
        if (!ready) {
            set_up();
            if (!look_first())
                fail("smaps cannot be read");
            ready = true;
        }
        if (word_is(word, "run"))
            break;
        struct step step = {0};
        const char *why = "the program has too many steps";
        if (index == MAX_STEPS || !take_step(&line, results, index, &step, &why)) {
            refuse(index, why);
            return;
        }
        if (!run_step(index++, &step, &leaked))
            return;
    }
    put_text("done ");
    put_hex(leaked);
    put_char('\n');
    flush_output();
}

/* Forked processes and readers whose parents went away: they end too, and what they charged must not be there in the next program. */
static void await_orphans(void)
{
    const int most = 10000;
    for (int tries = 0; tries < most; tries++) {
        pid_t ended = waitpid(-1, NULL, WNOHANG);
        if (ended < 0)
            return;
        if (ended == 0)
            usleep(100);
    }
}

static void run_in_child(struct cursor text)
{
    pid_t child = fork();
    if (child == 0) {
        run_program(text);
        _exit(0);
    }
    int status = 0;
    if (child < 0) {
        put_text("died no process\n");
    } else {
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            ;
        if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGNAL_LATE)) {
            put_text("\ndied timeout\n");
        } else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGNAL_WAITS) {
            put_text("\ndied waits\n");
        } else if (WIFSIGNALED(status)) {
            put_text("\ndied signal ");
            put_decimal((uint64_t)WTERMSIG(status));
            put_char('\n');
        } else if (WEXITSTATUS(status) != 0) {
            put_text("\ndied exit\n");
        }
    }
    await_orphans();
    flush_output();
}

/* Puts back what the program may have set for the whole machine. */
static void run_and_restore(struct cursor text)
{
    struct cursor line = text, word;
    uint64_t timeout, options = 0;
    next_word(&line, &word);
    bool machine_wide = take_number(&line, &timeout) && take_number(&line, &options) && (options & MACHINE_WIDE);
    uint64_t most = machine_wide ? max_map_count() : 0;
    run_in_child(text);
    if (machine_wide && max_map_count() != most)
        set_max_map_count(most);
}

static void serve(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    static const char last[] = "\nrun\n";
    size_t have = 0;
    for (;;) {
        char *stop = memmem(input, have, last, sizeof last - 1);
        if (stop) {
            size_t length = (size_t)(stop - input) + sizeof last - 1;
            run_and_restore((struct cursor){input, input + length});
            have -= length;
            memmove(input, input + length, have);
            continue;
        }
        ssize_t n = have < sizeof input ? read(STDIN_FILENO, input + have, sizeof input - have) : 0;
        if (n <= 0)
            _exit(n == 0 && have == 0 ? 0 : 2);
        have += (size_t)n;
    }
}

int main(int argc, char **argv)
{
    settle(argv, argc > 1 && strcmp(argv[1], "probe") == 0 ? probe : serve);
}
