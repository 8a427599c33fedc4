/* One step from its guard to its report, in the process that it belongs to. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <sys/mman.h>

struct vma_list lists[2];

/* What this process' window looked like when it was last read, and room for the next look. */
static struct vma_list *before = &lists[0], *after = &lists[1];

/* The window as it is before the first step. */
bool look_first(void)
{
    if (!read_window(before))
        return false;
    put_difference(after, before);
    return true;
}

/* May the step have changed VMAs? Loads and stores do only where a mapping grows down towards the address. */
static bool may_change(const struct step *step)
{
    static bool grows;
    switch (step->op) {
    case OP_MMAP:
        grows |= (step->args[3] & MAP_GROWSDOWN) != 0;
        return true;
    case OP_LOAD:
    case OP_STORE:
        return grows;
    case OP_MSYNC:
    case OP_MINCORE:
    case OP_SET_LIMIT:
    case OP_SET_CAPABILITY:
        return false;
    default:
        return true;
    }
}

void refuse(size_t index, const char *why)
{
    put_text("refused ");
    put_hex(index);
    put_char(' ');
    put_text(why);
    put_char('\n');
    flush_output();
}

static void put_result(struct result result)
{
    put_text("step ");
    put_char(result.kind);
    put_hex(result.value);
    put_char('\n');
}

/* Has this process reported its window yet? A forked one starts with its parent's list, and tells all at its first step. */
static bool is_known(void)
{
    static int known;
    bool answer = known == self_number;
    known = self_number;
    return answer;
}

struct outcome perform(size_t index, const struct step *step, const struct result *done)
{
    struct outcome outcome = {.refused = true};
    const char *why = refused(step);
    if (why) {
        refuse(index, why);
        return outcome;
    }
    outcome.refused = false;
    bool known = is_known();
    struct result result = outcome.result = done ? *done : execute(step);
    put_result(result);
    if (step->op == OP_EXIT)
        return outcome;
    if (step->op == OP_MINCORE && result.kind == 'v')
        put_vector(step);
    outcome.leaked = leaked_pages(step, result, before);
    bool look = may_change(step) || !known;
    if (look) {
        errno = 0;
        if (!known)
            before->count = 0;
        if (!read_window(after))
            fail("smaps cannot be read, or shows too many mappings");
        put_difference(before, after);
        struct vma_list *swap = before;
        before = after;
        after = swap;
    }
    if (program.options & WITH_CONTENTS)
        put_contents(before);
    /* A page of a shared object is charged when it is made, which any access can do. */
    if ((program.options & WITH_COUNTERS) && (look || program.options & WITH_COMMITTED)) {
        put_text("sum ");
        put_counters();
    }
    return outcome;
}
