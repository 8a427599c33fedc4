/* The words of a program: see protocol.txt. */
#include "runner.h"

#include <string.h>

bool next_line(struct cursor *text, struct cursor *line)
{
    if (text->at >= text->end)
        return false;
    const char *stop = memchr(text->at, '\n', (size_t)(text->end - text->at));
    line->at = text->at;
    line->end = stop ? stop : text->end;
    text->at = stop ? stop + 1 : text->end;
    return true;
}

bool next_word(struct cursor *line, struct cursor *word)
{
    while (line->at < line->end && *line->at == ' ')
        line->at++;
    word->at = line->at;
    while (line->at < line->end && *line->at != ' ')
        line->at++;
    word->end = line->at;
    return word->at < word->end;
}

bool word_is(struct cursor word, const char *name)
{
    size_t length = strlen(name);
    return (size_t)(word.end - word.at) == length && memcmp(word.at, name, length) == 0;
}

uint64_t take_hex(const char **at, const char *end)
{
    uint64_t number = 0;
    for (; *at < end; (*at)++) {
        char c = **at;
        if (c >= '0' && c <= '9')
            number = number << 4 | (uint64_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            number = number << 4 | (uint64_t)(c - 'a' + 10);
        else
            break;
    }
    return number;
}

bool take_number(struct cursor *line, uint64_t *number)
{
    struct cursor word;
    if (!next_word(line, &word))
        return false;
    *number = take_hex(&word.at, word.end);
    return word.at == word.end;
}

static const struct {
    const char *name;
    int arguments;
} ops[OPS] = {
    [OP_MMAP] = {"mmap", 6},
    [OP_MUNMAP] = {"munmap", 2},
    [OP_MPROTECT] = {"mprotect", 3},
    [OP_MREMAP] = {"mremap", 5},
    [OP_MADVISE] = {"madvise", 3},
    [OP_MLOCK] = {"mlock", 2},
    [OP_MLOCK2] = {"mlock2", 3},
    [OP_MUNLOCK] = {"munlock", 2},
    [OP_MSEAL] = {"mseal", 3},
    [OP_MSYNC] = {"msync", 3},
    [OP_MINCORE] = {"mincore", 2},
    [OP_MLOCKALL] = {"mlockall", 1},
    [OP_MUNLOCKALL] = {"munlockall", 0},
    [OP_BRK] = {"brk", 1},
    [OP_SET_LIMIT] = {"setLimit", 2},
    [OP_SET_CAPABILITY] = {"setCapability", 2},
    [OP_UFFD_REGISTER] = {"uffdRegister", 4},
    [OP_UFFD_UNREGISTER] = {"uffdUnregister", 3},
    [OP_UFFD_CLOSE] = {"uffdClose", 1},
    [OP_FORK] = {"fork", 1},
    [OP_EXIT] = {"exit", 0},
    [OP_LOAD] = {"load", 1},
    [OP_STORE] = {"store", 2},
};

/* A number, "-1", "@0" (that file's descriptor), or "r3+1000" (step 3's raw return value plus an offset). */
static bool take_argument(struct cursor word, const struct result *results, size_t index, uint64_t *value)
{
    if (word_is(word, "-1")) {
        *value = UINT64_MAX;
        return true;
    }
    if (*word.at == '@') {
        word.at++;
        uint64_t file = take_hex(&word.at, word.end);
        if (word.at != word.end || file >= (uint64_t)program.files)
            return false;
        *value = (uint64_t)program.fd[file];
        return true;
    }
    if (*word.at != 'r') {
        *value = take_hex(&word.at, word.end);
        return word.at == word.end;
    }
    word.at++;
    uint64_t step = take_hex(&word.at, word.end);
    if (step >= index || word.at == word.end || *word.at != '+' || results[step].kind == 's')
        return false;
    word.at++;
    uint64_t offset = take_hex(&word.at, word.end);
    *value = (results[step].kind == 'v' ? results[step].value : -results[step].value) + offset;
    return word.at == word.end;
}

bool take_step(struct cursor *line, const struct result *results, size_t index, struct step *step, const char **why)
{
    struct cursor word;
    *why = "it has no operation";
    if (!next_word(line, &word))
        return false;
    step->process = 0;
    if (*word.at == 'p') {
        word.at++;
        step->process = (int)take_hex(&word.at, word.end);
        if (!next_word(line, &word))
            return false;
    }
    for (step->op = 0; step->op < OPS; step->op++)
        if (word_is(word, ops[step->op].name))
            break;
    *why = "its operation is not one of this recorder's";
    if (step->op == OPS)
        return false;
    *why = "an argument is malformed or refers to a step that gave no value";
    for (int i = 0; i < ops[step->op].arguments; i++)
        if (!next_word(line, &word) || !take_argument(word, results, index, &step->args[i]))
            return false;
    return true;
}
